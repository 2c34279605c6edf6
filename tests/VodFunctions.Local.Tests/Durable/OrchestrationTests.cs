using Microsoft.DurableTask;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable.Journaling;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Local.Tests.Durable;

public sealed class OrchestrationTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Activities_in_sequence_and_in_parallel_give_their_results()
    {
        DurableSetup setup = new DurableSetup().Orchestration("Sum", async (context, input) =>
        {
            string first = await context.Echo(input);
            string[] rest = await Task.WhenAll(context.Echo("b"), context.Echo("c"), context.Echo("d"));
            return first + string.Concat(rest);
        });
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, setup);

        Assert.True(await host.StartInstanceAsync("Sum", input: "a"));

        Assert.Equal("abcd", await host.OutputAsync());
        Assert.Equal(InstanceStatus.Completed, await host.Client.FindAsync("one", CancellationToken.None));
    }

    [Fact]
    public async Task An_activitys_exception_reaches_the_code_with_type_and_cut_message_but_no_stack()
    {
        DurableSetup setup = new DurableSetup()
            .Activity("Throw", (_, _) => throw new InvalidDataException(new string('x', 5000)))
            .Orchestration("Catch", async (context, _) =>
            {
                try
                {
                    return await context.Call("Throw", "");
                }
                catch (TaskFailedException failure)
                {
                    return $"{failure.TaskName} {failure.FailureDetails.ErrorType} {failure.FailureDetails.ErrorMessage.Length}";
                }
            });
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, setup);
        await host.StartInstanceAsync("Catch");

        Assert.Equal("Throw System.IO.InvalidDataException 1000", await host.OutputAsync());
        Assert.Contains(host.Logs.Entries, entry => entry.Id == 7122 && entry.Exception is InvalidDataException);
    }

    [Fact]
    public async Task Retries_of_Core_run_the_activity_again_after_a_durable_timer()
    {
        var clock = new FakeTimeProvider();
        int runs = 0;
        DurableSetup setup = new DurableSetup { Clock = clock }
            .Activity("Flaky", _ => Interlocked.Increment(ref runs) < 3 ? throw new IOException("later") : "done")
            .Orchestration("Retry", (context, input) => context.CallWithRetryAsync(
                new ActivityName<string, string>("Flaky"), input, new RetrySchedule(4, TimeSpan.FromSeconds(5))));
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, setup);
        await host.StartInstanceAsync("Retry");

        await host.HasAsync(JournalEventKind.TimerCreated);
        clock.Advance(TimeSpan.FromSeconds(10));
        await host.HasAsync(JournalEventKind.TimerCreated, 2);
        clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal("done", await host.OutputAsync());
        Assert.Equal(3, runs);
    }

    [Fact]
    public async Task An_unhandled_exception_fails_the_instance_and_drops_what_it_waited_for()
    {
        DurableSetup setup = new DurableSetup().Orchestration("Fail", async (context, input) =>
        {
            _ = context.Sleep(1000);
            await context.Echo("");
            throw new FormatException("no good");
        });
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, setup);
        await host.StartInstanceAsync("Fail");

        Assert.Equal("System.FormatException: no good", await host.ErrorAsync());
        Assert.Equal(0, host.Instance()!.PendingTimers);
    }

    [Fact]
    public async Task An_unknown_orchestration_or_unreadable_input_fails_that_instance_only()
    {
        DurableSetup setup = new DurableSetup().Orchestration("Fine", (context, input) => context.Echo(input));
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, setup);

        await host.StartInstanceAsync("Nobody", "unknown");
        await host.Client.StartAsync("Fine", "unreadable", new[] { 1, 2 }, CancellationToken.None);
        await host.StartInstanceAsync("Fine", "fine");

        Assert.Contains("no orchestration called Nobody", await host.ErrorAsync("unknown"));
        Assert.Contains("JsonException", await host.ErrorAsync("unreadable"));
        Assert.Equal("in", await host.OutputAsync("fine"));
    }

    [Fact]
    public async Task An_unknown_activity_fails_the_call()
    {
        DurableSetup setup = new DurableSetup().Orchestration("Call", (context, input) => context.Call("Nothing", input));
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, setup);
        await host.StartInstanceAsync("Call");

        Assert.Contains("no activity called Nothing", await host.ErrorAsync());
    }

    [Fact]
    public async Task Now_is_the_steps_time_and_the_same_on_every_replay()
    {
        var clock = new FakeTimeProvider();
        DateTimeOffset start = clock.GetUtcNow();
        DurableSetup setup = new DurableSetup { Clock = clock }.Orchestration("Time", async (context, _) =>
        {
            DateTimeOffset first = context.UtcNow;
            await context.Sleep(60);
            DateTimeOffset second = context.UtcNow;
            await context.Sleep(60);
            return $"{first.Invariant()} {second.Invariant()} {context.UtcNow.Invariant()}";
        });
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, setup);
        await host.StartInstanceAsync("Time");
        await host.HasAsync(JournalEventKind.TimerCreated);
        clock.AdvanceTo(start.AddSeconds(60));
        await host.HasAsync(JournalEventKind.TimerCreated, 2);
        clock.AdvanceTo(start.AddSeconds(500));

        Assert.Equal(
            $"{start.Invariant()} {start.AddSeconds(60).Invariant()} {start.AddSeconds(500).Invariant()}",
            await host.OutputAsync());
    }

    [Fact]
    public async Task Only_what_runs_for_the_first_time_is_not_replaying()
    {
        var seen = new List<(string Place, bool Replaying)>();
        DurableSetup setup = new DurableSetup().Orchestration("Look", async (context, _) =>
        {
            seen.Add(("begin", context.IsReplaying));
            await context.Echo("");
            seen.Add(("end", context.IsReplaying));
            return "";
        });
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, setup);
        await host.StartInstanceAsync("Look");
        await host.OutputAsync();

        Assert.Single(seen, ("begin", false));
        Assert.Single(seen, ("end", false));
        Assert.Equal(("end", true), seen[^1]);
    }

    [Fact]
    public async Task Five_hundred_instances_of_three_activities_all_complete()
    {
        DurableSetup setup = new DurableSetup().Orchestration("Three", async (context, input) =>
            await context.Echo("a") + await context.Echo("b") + await context.Echo(input));
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, setup);

        await Parallel.ForAsync(0, 500, async (index, _) => await host.StartInstanceAsync("Three", $"i{index}", $"{index}"));

        await Eventually.TrueAsync(
            () => host.Journal.ListInstances().Count(instance => instance.Status == InstanceStatus.Completed) == 500, "500 ends");
        Assert.Equal("ab123", await host.OutputAsync("i123"));
        Assert.Equal(1500, host.Logs.Entries.Count(entry => entry.Id == 7120));
    }
}
