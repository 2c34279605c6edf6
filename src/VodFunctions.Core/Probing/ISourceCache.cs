using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Probing;

/// <summary>
/// One bounded local copy per video on each machine, shared by the activities of a job, so that FFmpeg reads local files
/// only. Callers at the same time share one download; copies not in use are dropped, oldest first, when room is needed.
/// </summary>
public interface ISourceCache
{
    /// <summary>The local copy of an upload's content, downloaded on first use.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="etag">The content that started the job.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A lease; the file stays while it is held.</returns>
    /// <exception cref="SourceGoneException">The upload is gone or holds another content.</exception>
    Task<ISourceLease> AcquireAsync(VideoId videoId, string etag, CancellationToken cancellationToken);

    /// <summary>
    /// Removes this machine's copies of a deleted video's uploads, those in use when they are let go. Other machines drop
    /// theirs when they have not been used for an hour.
    /// </summary>
    void Forget(VideoId videoId);
}

/// <summary>Holds a local copy. Dispose when done.</summary>
public interface ISourceLease : IAsyncDisposable
{
    /// <summary>The file. Not to be written.</summary>
    string Path { get; }
}
