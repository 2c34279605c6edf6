using Microsoft.DurableTask;
using VodFunctions.Local.Durable.Journaling;
using Xunit;

namespace VodFunctions.Local.Tests.Durable;

public sealed class DeterminismTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, Func<TaskOrchestrationContext, string, Task<string>>> Sins { get; } = new()
    {
        { "random input", (context, _) => context.Echo(Guid.NewGuid().ToString()) },
        { "clock in a timer", async (context, _) =>
            {
                await context.CreateTimer(DateTime.UtcNow.AddDays(1), CancellationToken.None);
                return "";
            } },
        { "random result", (_, _) => Task.FromResult(Guid.NewGuid().ToString()) },
        { "what is replayed differs", async (context, _) =>
            {
                await context.Echo("");
                return context.IsReplaying ? await context.Echo("replaying") : "first";
            } },
        { "Task.Delay", async (context, _) =>
            {
                await Task.Delay(1);
                return await context.Echo("");
            } },
        { "Task.Delay, not on the context", async (context, _) =>
            {
                await Task.Delay(1).ConfigureAwait(false);
                return await context.Echo("");
            } },
        { "Task.Delay beside a wait", async (context, _) =>
            {
                Task wait = context.WaitForExternalEvent<object>("never");
                await Task.WhenAny(wait, Task.Delay(5));
                return "";
            } },
        { "Task.Delay beside a wait, then silence", async (context, input) =>
            {
                _ = context.WaitForExternalEvent<object>("never");
                await Task.Delay(5).ConfigureAwait(false);
                return "";
            } },
        { "Task.Run", async (context, _) => await Task.Run(async () =>
            {
                await Task.Delay(1);
                return await context.Echo("");
            }) },
        { "an own thread", async (context, _) =>
            {
                Task<string>? call = null;
                var thread = new Thread(() => call = context.Echo(""));
                thread.Start();
                thread.Join();
                return await call!;
            } },
        { "a task that never ends", async (_, _) =>
            {
                await new TaskCompletionSource().Task;
                return "";
            } },
        { "a clock's cancellation", async (context, _) =>
            {
                using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(5));
                await context.CreateTimer(TimeSpan.FromDays(1), cancellation.Token);
                return "";
            } },
        { "a cancellation on another thread", async (context, _) =>
            {
                using var cancellation = new CancellationTokenSource();
                Task timer = context.CreateTimer(TimeSpan.FromDays(1), cancellation.Token);
                await cancellation.CancelAsync();
                return "";
            } },
        { "async void", async (context, _) =>
            {
                Thrower();
                return await context.Echo("");
            } },
    };

    [Theory]
    [MemberData(nameof(Sins))]
    public async Task Code_that_is_not_deterministic_fails_its_instance_and_nothing_else(
        string sin, Func<TaskOrchestrationContext, string, Task<string>> code)
    {
        int runs = 0;
        DurableSetup setup = new DurableSetup()
            .Activity("Echo", input => $"{input}{Interlocked.Increment(ref runs)}")
            .Orchestration(sin, code)
            .Orchestration("Fine", (_, input) => Task.FromResult(input));
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, setup);
        await host.StartInstanceAsync(sin);

        string error = await host.ErrorAsync();

        Assert.Contains("NonDeterministicOrchestrationException", error, StringComparison.Ordinal);
        await host.StartInstanceAsync("Fine", "fine");
        Assert.Equal("in", await host.OutputAsync("fine"));
        Assert.Contains(host.Logs.Entries, entry => entry.Id == 7112);
        Assert.DoesNotContain(host.Logs.Entries, entry => entry.Id == 7131);
    }

    [Fact]
    public async Task A_random_input_is_caught_before_its_activity_runs()
    {
        DurableSetup setup = new DurableSetup().Orchestration("Random", (context, _) => context.Echo(Guid.NewGuid().ToString()));
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, setup);
        await host.StartInstanceAsync("Random");
        string error = await host.ErrorAsync();

        Assert.Contains("at call 1: recorded was activity Echo with \"", error, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.Entries, entry => entry.Id == 7120);
    }

    [Theory]
    [InlineData("name", "recorded was activity Echo with \"a\", now came activity Other with \"a\"")]
    [InlineData("input", "recorded was activity Echo with \"a\", now came activity Echo with \"b\"")]
    [InlineData("kind", "recorded was activity Echo with \"a\", now came a wait for event go")]
    [InlineData("less", "recorded was a wait for event go, now came nothing")]
    [InlineData("more", "recorded was nothing, now came a wait for event more")]
    [InlineData("end", "ended on replay (it returned) where its history goes on")]
    [InlineData("throw", "ended on replay (changed my mind) where its history goes on")]
    public async Task Code_that_was_changed_under_an_instance_fails_with_what_was_and_what_came(string change, string expected)
    {
        string version = "old";
        DurableSetup setup = new DurableSetup().Activity("Other", input => input).Orchestration("Changed", async (context, input) =>
        {
            if (version == "end")
            {
                return "";
            }

            Task first = version switch
            {
                "name" => context.Call("Other", "a"),
                "input" => context.Echo("b"),
                "kind" => context.WaitForExternalEvent<object>("go"),
                "throw" => throw new InvalidOperationException("changed my mind"),
                _ => context.Echo("a"),
            };
            Task wait = version == "less" ? Task.CompletedTask : context.WaitForExternalEvent<object>("go");
            _ = version == "more" ? context.WaitForExternalEvent<object>("more") : null;
            await Task.WhenAll(first, wait);
            return await context.Echo("last");
        });
        await using (DurableHost host = await DurableHost.StartAsync(_folder.Path, setup))
        {
            await host.StartInstanceAsync("Changed");
            await host.HasAsync(JournalEventKind.ActivityCompleted);
        }

        version = change;
        await using DurableHost changed = await DurableHost.StartAsync(_folder.Path, setup);
        await changed.RaiseAsync("go");

        string error = await changed.ErrorAsync();
        Assert.Contains("NonDeterministicOrchestrationException", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_tasks_over_the_context_are_allowed()
    {
        DurableSetup setup = new DurableSetup().Orchestration("Plain", async (context, _) =>
        {
            await Task.Yield();
            Task<string> continued = context.Echo("a").ContinueWith(task => task.Result + "!", TaskScheduler.Current);
            var list = new[] { "b", "c", "d" }.Select(context.Echo).ToList();
            Task<string> first = await Task.WhenAny(list);
            string[] all = await Task.WhenAll(list);
            string one = await first;
            return await continued + string.Concat(all) + (Array.IndexOf(all, one) < 0 ? "?" : "");
        });
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, setup);
        await host.StartInstanceAsync("Plain");

        Assert.Equal("a!bcd", await host.OutputAsync());
    }

    private static async void Thrower()
    {
        await Task.Yield();
        throw new InvalidOperationException("unseen");
    }
}
