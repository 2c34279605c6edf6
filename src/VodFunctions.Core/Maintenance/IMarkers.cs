using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Maintenance;

/// <summary>What a marker reminds the sweep of.</summary>
public enum MarkerKind
{
    /// <summary>A ticket was issued and its upload has not started a job yet.</summary>
    Ticket,

    /// <summary>An orchestration owes a job's end or its notice: should it be lost, the sweep starts it anew.</summary>
    Job,

    /// <summary>A video was deleted; late activities may still write.</summary>
    Deletion,
}

/// <summary>A reminder for the sweep.</summary>
/// <param name="Kind">Of what.</param>
/// <param name="VideoId">The video.</param>
/// <param name="SetAt">When it was set.</param>
public sealed record Marker(MarkerKind Kind, VideoId VideoId, DateTimeOffset SetAt);

/// <summary>
/// Small documents that name the few videos the sweep must look at, so that it never reads every record. A marker is set
/// before the work it guards and removed after it, so that a kill in between loses nothing.
/// </summary>
public interface IMarkers
{
    /// <summary>Sets a marker; one that is there is left as it is.</summary>
    Task SetAsync(Marker marker, CancellationToken cancellationToken);

    /// <summary>Removes a marker. Twice is fine.</summary>
    Task RemoveAsync(MarkerKind kind, VideoId videoId, CancellationToken cancellationToken);

    /// <summary>All markers of a kind, in no order.</summary>
    IAsyncEnumerable<Marker> ListAsync(MarkerKind kind, CancellationToken cancellationToken);
}
