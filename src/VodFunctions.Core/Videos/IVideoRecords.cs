namespace VodFunctions.Core.Videos;

/// <summary>Stores <see cref="VideoRecord"/>s, one document a video, replaced under its ETag.</summary>
public interface IVideoRecords
{
    /// <summary>Stores a new record and its entry in the owner's index.</summary>
    /// <exception cref="InvalidOperationException">The id is taken.</exception>
    Task CreateAsync(VideoRecord record, CancellationToken cancellationToken);

    /// <summary>Reads a record; null when there is none. Tombstones are returned: see <see cref="VideoRecord.IsDeleted"/>.</summary>
    Task<VideoRecord?> FindAsync(VideoId videoId, CancellationToken cancellationToken);

    /// <summary>
    /// Reads, applies <paramref name="change"/> and replaces under the ETag; reads and applies again on conflict. A change
    /// that returns the record it was given writes nothing.
    /// </summary>
    /// <param name="videoId">The video.</param>
    /// <param name="change">Pure; may run several times. What it throws (an illegal transition) ends the update.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The record as it now stands, or null when there is none.</returns>
    Task<VideoRecord?> UpdateAsync(
        VideoId videoId, Func<VideoRecord, VideoRecord> change, CancellationToken cancellationToken);

    /// <summary>The owner's videos, newest first, tombstones left out.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="cursor">From the page before; null for the first. An unreadable one throws <see cref="FormatException"/>.</param>
    /// <param name="limit">At most that many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Page<VideoRecord>> ListByOwnerAsync(UserId owner, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>Removes the owner's index entry (on deletion; the tombstone itself stays). Twice is fine.</summary>
    Task RemoveFromOwnerIndexAsync(VideoRecord record, CancellationToken cancellationToken);

    /// <summary>Removes the record itself: only for a ticket that was never used. Twice is fine.</summary>
    Task RemoveAsync(VideoId videoId, CancellationToken cancellationToken);
}

/// <summary>A page of a listing.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">In order.</param>
/// <param name="Cursor">Opaque; asks for the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Cursor);
