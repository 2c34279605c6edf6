using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable.Journaling;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Local.Tests.Durable;

public sealed class TimerTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _folder.Dispose();

    private DurableSetup Setup() => new DurableSetup { Clock = _clock }
        .Orchestration("Sleep", async (context, input) =>
        {
            await context.Sleep(3600);
            return "slept";
        })
        .Orchestration("Race", async (context, input) =>
        {
            using var cancellation = new CancellationTokenSource();
            Task go = context.WaitForExternalEvent<object>("go");
            Task timer = context.CreateTimer(TimeSpan.FromDays(1), cancellation.Token);
            if (await Task.WhenAny(go, timer) == timer)
            {
                return "late";
            }

            Cancel(cancellation);
            return timer.IsCanceled ? await context.Echo("in time") : "not cancelled";
        });

    // Not CancelAsync: that runs on another thread, which an orchestration may not.
    private static void Cancel(CancellationTokenSource cancellation) => cancellation.Cancel();

    [Fact]
    public async Task A_timer_does_not_end_before_its_time()
    {
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup());
        await host.StartInstanceAsync("Sleep");
        await host.HasAsync(JournalEventKind.TimerCreated);

        _clock.Advance(TimeSpan.FromSeconds(3599));
        await host.StartInstanceAsync("Sleep", "later");
        await host.HasAsync(JournalEventKind.TimerCreated, 1, "later");
        Assert.Equal(InstanceStatus.Running, host.Instance()!.Status);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("slept", await host.OutputAsync());
        Assert.Equal(InstanceStatus.Running, host.Instance("later")!.Status);
    }

    [Fact]
    public async Task A_timer_that_was_due_while_nothing_ran_fires_at_the_next_start()
    {
        await using (DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup()))
        {
            await host.StartInstanceAsync("Sleep");
            await host.HasAsync(JournalEventKind.TimerCreated);
        }

        _clock.Advance(TimeSpan.FromDays(3));
        await using DurableHost next = await DurableHost.StartAsync(_folder.Path, Setup());
        Assert.Equal("slept", await next.OutputAsync());
    }

    [Fact]
    public async Task A_clock_that_is_set_forward_fires_the_timer_within_a_minute()
    {
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup());
        await host.StartInstanceAsync("Sleep");
        await host.HasAsync(JournalEventKind.TimerCreated);
        await Eventually.TrueAsync(() => _clock.PendingTimers == 1, "the loop sleeps");

        _clock.Adjust(_clock.GetUtcNow().AddHours(2));
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("slept", await host.OutputAsync());
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_take_time_back_inside_an_instance()
    {
        DurableSetup setup = new DurableSetup { Clock = _clock }.Orchestration("Times", async (context, input) =>
        {
            DateTimeOffset before = context.UtcNow;
            await context.WaitForExternalEvent<object>("go");
            return context.UtcNow >= before ? "forward" : "back";
        });
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, setup);
        await host.StartInstanceAsync("Times");
        await host.HasAsync(JournalEventKind.EventAwaited);
        _clock.Adjust(_clock.GetUtcNow().AddHours(-1));
        await host.RaiseAsync("go");

        Assert.Equal("forward", await host.OutputAsync());
    }

    [Fact]
    public async Task A_timer_that_lost_its_race_is_cancelled_durably()
    {
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup());
        await host.StartInstanceAsync("Race");
        await host.HasAsync(JournalEventKind.TimerCreated);
        await host.RaiseAsync("go");

        Assert.Equal("in time", await host.OutputAsync());
        Assert.Single(host.History(JournalEventKind.TimerCancelled));
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Empty(host.History(JournalEventKind.TimerFired));
    }

    [Fact]
    public async Task A_timer_that_won_its_race_ends_the_wait()
    {
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup());
        await host.StartInstanceAsync("Race");
        await host.HasAsync(JournalEventKind.TimerCreated);
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal("late", await host.OutputAsync());
    }

    [Fact]
    public async Task Many_due_timers_all_fire()
    {
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup());
        await Parallel.ForAsync(0, 450, async (index, _) => await host.StartInstanceAsync("Sleep", $"i{index}"));
        await Eventually.TrueAsync(() => host.Journal.ListInstances().All(instance => instance.PendingTimers == 1), "450 timers");
        _clock.Advance(TimeSpan.FromHours(1));

        await Eventually.TrueAsync(
            () => host.Journal.ListInstances().All(instance => instance.Status == InstanceStatus.Completed), "450 ends");
    }
}
