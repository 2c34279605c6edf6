using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable.Journaling;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Local.Tests.Durable;

public sealed class LifecycleTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly TaskCompletionSource _running = new();
    private readonly TaskCompletionSource _cancelled = new();

    public void Dispose() => _folder.Dispose();

    private DurableSetup Setup() => new DurableSetup { Clock = _clock }
        .Activity("Hang", async (input, cancellationToken) =>
        {
            _running.TrySetResult();
            using CancellationTokenRegistration registration = cancellationToken.Register(() => _cancelled.TrySetResult());
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return input;
        })
        .Orchestration("Hang", async (context, input) =>
        {
            _ = context.Sleep(60);
            _ = context.WaitForExternalEvent<object>("go");
            return await context.Call("Hang", input);
        })
        .Orchestration("Echo", (context, input) => context.Echo(input));

    [Fact]
    public async Task An_id_starts_once_however_many_try_at_once()
    {
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup());
        bool[] started = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.StartInstanceAsync("Echo")));

        Assert.Single(started, true);
        await host.OutputAsync();
        Assert.False(await host.StartInstanceAsync("Echo"));
        Assert.Single(host.History(JournalEventKind.ActivityScheduled));
    }

    [Fact]
    public async Task Termination_ends_an_instance_where_it_is_and_cancels_what_it_runs()
    {
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup());
        await host.StartInstanceAsync("Hang");
        await _running.Task;
        await host.Client.TerminateAsync("one", "deleted", CancellationToken.None);
        await _cancelled.Task;

        JournalInstance ended = await host.EndAsync();
        Assert.Equal((InstanceStatus.Terminated, "deleted"), (ended.Status, ended.Error));
        Assert.Equal((0, 0, 0), (ended.PendingActivities, ended.PendingTimers, ended.PendingMessages));
        await Eventually.TrueAsync(() => host.Logs.Entries.Any(entry => entry.Id == 7124), "the activity is gone");
        await host.RaiseAsync("go");
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(JournalEventKind.Terminated, host.Journal.ReadHistory("one")[^1].Kind);
        Assert.Equal(InstanceStatus.Terminated, await host.Client.FindAsync("one", CancellationToken.None));
    }

    [Fact]
    public async Task Terminating_the_ended_or_unknown_has_no_effect()
    {
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup());
        await host.Client.TerminateAsync("one", "too early", CancellationToken.None);
        await host.StartInstanceAsync("Echo");
        await host.OutputAsync();
        await host.Client.TerminateAsync("one", "too late", CancellationToken.None);

        Assert.Equal(InstanceStatus.Completed, await host.Client.FindAsync("one", CancellationToken.None));
        Assert.Null(await host.Client.FindAsync("two", CancellationToken.None));
    }

    [Fact]
    public async Task A_result_of_a_terminated_instance_does_not_reach_its_successor()
    {
        var gate = new TaskCompletionSource();
        int runs = 0;
        DurableSetup setup = Setup().Activity("Stubborn", async (_, _) =>
        {
            int run = Interlocked.Increment(ref runs);
            _running.TrySetResult();
            await gate.Task;
            return $"run {run}";
        }).Orchestration("Stubborn", (context, input) => context.Call("Stubborn", input));
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, setup);
        await host.StartInstanceAsync("Stubborn");
        await _running.Task;
        await host.Client.TerminateAsync("one", "", CancellationToken.None);
        await host.Client.PurgeAsync("one", CancellationToken.None);
        Assert.True(await host.StartInstanceAsync("Stubborn"));
        await Eventually.TrueAsync(() => Volatile.Read(ref runs) == 2, "the second run");
        gate.SetResult();

        Assert.Equal("run 2", await host.OutputAsync());
    }

    [Fact]
    public async Task Purging_frees_the_id_of_an_ended_instance_only()
    {
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup());
        await host.StartInstanceAsync("Hang", "hanging");
        await host.StartInstanceAsync("Echo");
        await host.OutputAsync();
        await host.Client.PurgeAsync("one", CancellationToken.None);
        await host.Client.PurgeAsync("hanging", CancellationToken.None);
        await host.Client.PurgeAsync("nobody", CancellationToken.None);

        Assert.Null(await host.Client.FindAsync("one", CancellationToken.None));
        Assert.Empty(host.Journal.ReadHistory("one"));
        Assert.Equal(InstanceStatus.Running, await host.Client.FindAsync("hanging", CancellationToken.None));
        Assert.True(await host.StartInstanceAsync("Echo"));
        await host.OutputAsync();
    }

    [Fact]
    public async Task Purging_by_time_forgets_what_ended_before()
    {
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup());
        await host.StartInstanceAsync("Hang", "hanging");
        await host.StartInstanceAsync("Echo", "old");
        await host.StartInstanceAsync("Echo", "old too");
        await host.OutputAsync("old");
        await host.OutputAsync("old too");
        _clock.Advance(TimeSpan.FromSeconds(30));
        DateTimeOffset before = _clock.GetUtcNow();
        await host.StartInstanceAsync("Echo", "new");
        await host.OutputAsync("new");

        Assert.Equal(2, await host.Client.PurgeEndedAsync(before, CancellationToken.None));
        Assert.Equal(["hanging", "new"], host.Journal.ListInstances().Select(instance => instance.Id));
    }

    [Fact]
    public async Task Activities_that_run_when_the_host_stops_are_not_failed_and_run_again()
    {
        await using (DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup()))
        {
            await host.StartInstanceAsync("Hang");
            await _running.Task;
            await host.StopAsync();
            Assert.True(_cancelled.Task.IsCompleted);
            Assert.Empty(host.History(JournalEventKind.ActivityFailed));
            Assert.Equal(1, host.Instance()!.PendingActivities);
        }

        DurableSetup calm = Setup().Activity("Hang", input => input + " again");
        await using DurableHost next = await DurableHost.StartAsync(_folder.Path, calm);
        Assert.Equal("in again", await next.OutputAsync());
    }

    [Fact]
    public async Task An_activitys_own_cancellation_is_its_failure()
    {
        DurableSetup setup = Setup().Activity("Hang", (_, _) => throw new OperationCanceledException());
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, setup);
        await host.StartInstanceAsync("Hang");

        Assert.Contains("TaskFailedException", await host.ErrorAsync(), StringComparison.Ordinal);
    }
}
