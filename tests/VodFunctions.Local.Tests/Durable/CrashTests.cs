using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable.Journaling;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Local.Tests.Durable;

public sealed class CrashTests : IDisposable
{
    private const string Expected = "open a b c go after go2 slept close";

    private readonly TestFolder _folder = new();
    private readonly Lock _gate = new();
    private int _attempts;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_before_or_after_any_commit_it_goes_on_where_it_was()
    {
        int kills = 0;
        for (int moment = 1; ; moment++)
        {
            _attempts = 0;
            var walk = new CrashWalk(_folder, Setup, ["go", "go2"]);
            JournalInstance ended = await walk.RunAsync(moment);

            Assert.True(ended.Status == InstanceStatus.Completed, $"{string.Join(", ", walk.Kills)}: {ended.Error}");
            Assert.Equal($"\"{Expected}\"", ended.Output);
            Assert.Equal((0, 0, 0), (ended.PendingActivities, ended.PendingTimers, ended.PendingMessages));
            if (walk.Kills.Count == 0)
            {
                break;
            }

            kills++;
        }

        // Start, two events, eight activities, a retry, timers, and the steps between them; each before and after.
        Assert.InRange(kills, 40, 200);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task Killed_again_and_again_it_gets_on_and_ends_the_same(int seed)
    {
        var random = new Random(seed);
        var walk = new CrashWalk(_folder, Setup, ["go", "go2"]);
        JournalInstance ended = await walk.RunAsync([.. Enumerable.Range(0, 15).Select(_ => random.Next(1, 12))]);

        Assert.Equal($"\"{Expected}\"", ended.Output);
        Assert.NotEmpty(walk.Kills);
    }

    private DurableSetup Setup(FakeTimeProvider clock, Func<bool> isDead) => new DurableSetup()
        .Activity("Echo", input => isDead() ? throw new KilledException() : input)
        .Activity("Flaky", input =>
        {
            lock (_gate)
            {
                if (isDead() || ++_attempts == 1)
                {
                    throw new IOException("at first it fails");
                }

                return input;
            }
        })
        .Orchestration("Walk", async (context, input) =>
        {
            Task go = context.WaitForExternalEvent<object>("go");
            string said = await context.Echo("open");
            string[] fan = await Task.WhenAll(
                context.CallWithRetryAsync(new ActivityName<string, string>("Flaky"), "a", new RetrySchedule(9, TimeSpan.FromSeconds(5))),
                context.Echo("b"),
                context.Echo("c"));
            said += " " + string.Join(' ', fan);
            using var lost = new CancellationTokenSource();
            Task timer = context.CreateTimer(TimeSpan.FromDays(1), lost.Token);
            while (await Task.WhenAny(go, timer) == timer)
            {
                timer = context.CreateTimer(TimeSpan.FromDays(1), lost.Token);
            }

            Cancel(lost);
            said += " go " + await context.Echo("after");
            await context.WaitForExternalEvent<object>("go2");
            await context.Sleep(60);
            return $"{said} go2 slept {await context.Echo("close")}";
        });

    private static void Cancel(CancellationTokenSource cancellation) => cancellation.Cancel();
}
