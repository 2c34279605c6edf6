using System.Collections.Concurrent;

namespace VodFunctions.WebPubSubEmulator.Hubs;

/// <summary>The hubs of this process. As in the service, a hub is there as soon as somebody with a valid token names it.</summary>
internal sealed class HubRegistry(ILogger<Hub> log)
{
    private readonly ConcurrentDictionary<string, Hub> _hubs = new(StringComparer.Ordinal);

    public Hub Get(string name) => _hubs.GetOrAdd(name, hub => new Hub(hub, log));
}
