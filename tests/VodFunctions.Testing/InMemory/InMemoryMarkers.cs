using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Videos;

namespace VodFunctions.Testing.InMemory;

/// <summary>Markers; one that is there is left as it is.</summary>
public sealed class InMemoryMarkers : IMarkers
{
    private readonly ConcurrentDictionary<(MarkerKind, VideoId), Marker> _markers = new();

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<Marker> All => [.. _markers.Values];

    public Task SetAsync(Marker marker, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _markers.TryAdd((marker.Kind, marker.VideoId), marker);
        return Task.CompletedTask;
    }

    public Task RemoveAsync(MarkerKind kind, VideoId videoId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _markers.TryRemove((kind, videoId), out _);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<Marker> ListAsync(
        MarkerKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (Marker marker in _markers.Values.Where(marker => marker.Kind == kind))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return marker;
            await Task.Yield();
        }
    }
}
