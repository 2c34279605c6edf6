using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable.Journaling;
using Xunit;

namespace VodFunctions.Local.Tests.Durable;

public sealed class EventTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TaskCompletionSource _gate = new();

    public void Dispose() => _folder.Dispose();

    private DurableSetup Setup() => new DurableSetup()
        .Activity("Gate", async (input, cancellationToken) =>
        {
            await _gate.Task.WaitAsync(cancellationToken);
            return input;
        })
        .Orchestration("Late", async (context, input) =>
        {
            await context.Call("Gate", input);
            await context.WaitForExternalEvent<object>("b");
            await context.WaitForExternalEvent<object>("a");
            await context.WaitForExternalEvent<object>("a");
            return "all";
        })
        .Orchestration("Twice", async (context, input) =>
        {
            Task first = context.WaitForExternalEvent<object>("go");
            Task second = context.WaitForExternalEvent<object>("go");
            bool inOrder = await Task.WhenAny(first, second) == first && !second.IsCompleted;
            await second;
            return inOrder ? "in order" : "out of order";
        });

    [Fact]
    public async Task Events_that_come_before_the_wait_are_kept()
    {
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup());
        await host.StartInstanceAsync("Late");
        await host.RaiseAsync("a");
        await host.RaiseAsync("a");
        await host.RaiseAsync("b");
        await host.RaiseAsync("other");
        await host.HasAsync(JournalEventKind.EventRaised, 4);
        _gate.SetResult();

        Assert.Equal("all", await host.OutputAsync());
    }

    [Fact]
    public async Task Events_that_come_while_nothing_runs_are_kept()
    {
        await using (DurableHost host = DurableHost.Open(_folder.Path, Setup()))
        {
            await host.StartInstanceAsync("Late");
            await host.RaiseAsync("a");
        }

        await using (DurableHost host = DurableHost.Open(_folder.Path, Setup()))
        {
            await host.RaiseAsync("b");
            await host.RaiseAsync("a");
            Assert.Equal(4, host.Instance()!.PendingMessages);
        }

        _gate.SetResult();
        await using DurableHost last = await DurableHost.StartAsync(_folder.Path, Setup());
        Assert.Equal("all", await last.OutputAsync());
    }

    [Fact]
    public async Task Each_event_ends_one_wait_the_older_first()
    {
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup());
        await host.StartInstanceAsync("Twice");
        await host.RaiseAsync("go");
        await host.HasAsync(JournalEventKind.EventRaised);
        Assert.Equal(InstanceStatus.Running, host.Instance()!.Status);
        await host.RaiseAsync("go");

        Assert.Equal("in order", await host.OutputAsync());
    }

    [Fact]
    public async Task An_event_for_nobody_has_no_effect()
    {
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup());
        await host.RaiseAsync("go");
        await host.StartInstanceAsync("Twice");
        await host.RaiseAsync("go");
        await host.HasAsync(JournalEventKind.EventRaised);
        Assert.Equal(InstanceStatus.Running, host.Instance()!.Status);
        await host.RaiseAsync("go");
        await host.OutputAsync();
        await host.RaiseAsync("go");

        Assert.Equal(0, host.Instance()!.PendingMessages);
    }
}
