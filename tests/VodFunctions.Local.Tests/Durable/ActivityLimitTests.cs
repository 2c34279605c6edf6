using System.Collections.Concurrent;
using VodFunctions.Core.Orchestration;
using Xunit;

namespace VodFunctions.Local.Tests.Durable;

public sealed class ActivityLimitTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SemaphoreSlim _permits = new(0);
    private readonly ConcurrentQueue<string> _begun = new();
    private int _now;
    private int _most;

    public void Dispose()
    {
        _folder.Dispose();
        _permits.Dispose();
    }

    private DurableSetup Setup() => new DurableSetup { Options = options => options.MediaParallelism = 2 }
        .Activity("Encode", async (input, cancellationToken) =>
        {
            _begun.Enqueue(input);
            int now = Interlocked.Increment(ref _now);
            InterlockedMax(now);
            await _permits.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref _now);
            return input;
        }, ActivityLoad.Media)
        .Orchestration("Encode", async (context, input) =>
            string.Concat(await Task.WhenAll(Enumerable.Range(0, 6).Select(index => context.Call("Encode", $"{index}")))))
        .Orchestration("Light", (context, input) => context.Echo(input));

    [Fact]
    public async Task Media_runs_a_few_at_a_time_in_order_and_does_not_hold_up_light_work()
    {
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, Setup());
        await host.StartInstanceAsync("Encode");
        await Eventually.TrueAsync(() => _begun.Count == 2, "two encodes");
        await host.StartInstanceAsync("Light", "light");
        await host.OutputAsync("light");
        Assert.Equal(2, _begun.Count);

        _permits.Release(6);

        Assert.Equal("012345", await host.OutputAsync());
        Assert.Equal(2, _most);
        Assert.Equal(["0", "1"], _begun.Take(2).Order());
        Assert.Equal(["2", "3", "4", "5"], _begun.Skip(2).Order());
    }

    [Fact]
    public async Task With_one_at_a_time_the_oldest_is_first()
    {
        DurableSetup setup = Setup();
        setup.Options = options => options.MediaParallelism = 1;
        _permits.Release(18);
        await using (DurableHost host = DurableHost.Open(_folder.Path, setup))
        {
            await host.StartInstanceAsync("Encode");
        }

        await using DurableHost next = await DurableHost.StartAsync(_folder.Path, setup);
        await next.OutputAsync();

        Assert.Equal(["0", "1", "2", "3", "4", "5"], _begun);
        Assert.Equal(1, _most);
    }

    private void InterlockedMax(int value)
    {
        int seen = Volatile.Read(ref _most);
        while (value > seen)
        {
            seen = Interlocked.CompareExchange(ref _most, value, seen) is int before && before == seen ? value : Volatile.Read(ref _most);
        }
    }
}
