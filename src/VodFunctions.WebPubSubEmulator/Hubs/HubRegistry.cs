using System.Collections.Concurrent;

namespace VodFunctions.WebPubSubEmulator.Hubs;

/// <summary>The hubs of this process. As in the service, a hub is there as soon as somebody with a valid token names it.</summary>
internal sealed class HubRegistry(ILogger<Hub> log)
{
    private readonly ConcurrentDictionary<string, Hub> _hubs = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => _hubs.Count;

    /// <summary>A hub, if it is there.</summary>
    public Hub? Find(string name) => _hubs.GetValueOrDefault(name);

    /// <summary>A hub, made if it is not there. Only for callers that have shown a good token.</summary>
    public Hub Get(string name) => _hubs.GetOrAdd(name, hub => new Hub(hub, log));
}
