using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Uploads;

/// <summary>The <c>uploads</c> container: one blob a video, <c>{videoId}/source</c>, written by browsers through a SAS.</summary>
public interface IUploadStore
{
    /// <summary>
    /// A URL that lets its holder write that one blob until <paramref name="expiresAt"/>, block by block or at once, and list
    /// its blocks (a SAS with <c>rcw</c> on the blob alone). A secret: never logged, never stored.
    /// </summary>
    Task<Uri> CreateUploadUrlAsync(VideoId videoId, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>What is stored, or null when the upload is not complete (uncommitted blocks do not count).</summary>
    Task<StoredUpload?> FindAsync(VideoId videoId, CancellationToken cancellationToken);

    /// <summary>Bytes that were sent and not committed; 0 when there are none.</summary>
    Task<long> CountUncommittedAsync(VideoId videoId, CancellationToken cancellationToken);

    /// <summary>Uploads of which bytes were sent and nothing is committed, in no order.</summary>
    IAsyncEnumerable<VideoId> ListUncommittedAsync(CancellationToken cancellationToken);

    /// <summary>Copies the upload into <paramref name="destination"/>.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="etag">The content that started the job.</param>
    /// <param name="maxBytes">Stops with <see cref="InvalidDataException"/> past that many bytes.</param>
    /// <param name="destination">Written from its position.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="SourceGoneException">The blob is gone, or holds another content than <paramref name="etag"/>.</exception>
    Task DownloadAsync(
        VideoId videoId, string etag, long maxBytes, Stream destination, CancellationToken cancellationToken);

    /// <summary>Removes the upload and its uncommitted blocks. Twice is fine.</summary>
    Task DeleteAsync(VideoId videoId, CancellationToken cancellationToken);

    /// <summary>All complete uploads, in no order. Blobs whose name is not <c>{videoId}/source</c> are left out.</summary>
    IAsyncEnumerable<StoredUpload> ListAsync(CancellationToken cancellationToken);
}

/// <summary>A complete upload.</summary>
/// <param name="VideoId">The video.</param>
/// <param name="ETag">Names its content, without quotes.</param>
/// <param name="SizeBytes">Bytes.</param>
/// <param name="LastModified">When it was committed.</param>
public sealed record StoredUpload(VideoId VideoId, string ETag, long SizeBytes, DateTimeOffset LastModified)
{
    /// <summary>
    /// Whether there is anything in it. Some clients create a blob before they fill it: an empty one is no upload yet.
    /// </summary>
    public bool HasContent => SizeBytes > 0;
}

/// <summary>The upload vanished or was replaced: the job ends with <see cref="JobErrorCode.SourceGone"/>.</summary>
/// <param name="message">What was found.</param>
public sealed class SourceGoneException(string message) : IOException(message);
