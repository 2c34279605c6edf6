using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Publishing;

/// <summary>The <c>media</c> container, what viewers fetch: <c>{videoId}/{attempt}/...</c>.</summary>
public interface IMediaStore
{
    /// <summary>
    /// Stores one file, whole or not at all, replacing one of the same name. Content type and cache headers follow from
    /// the name: see <see cref="MediaFiles"/>.
    /// </summary>
    /// <param name="job">The attempt.</param>
    /// <param name="path">Below it, for example <c>v720-4000k/seg_00000.m4s</c>.</param>
    /// <param name="content">Read to its end.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task PutAsync(JobId job, string path, Stream content, CancellationToken cancellationToken);

    /// <summary>Removes everything of a video, or of one attempt. Twice is fine.</summary>
    /// <returns>How many files there were.</returns>
    Task<int> DeleteAsync(VideoId videoId, int? attempt, CancellationToken cancellationToken);
}

/// <summary>
/// Small JSON documents that one activity leaves for another of the same attempt (measurements of segments), kept out of
/// the history and of the viewers' sight.
/// </summary>
public interface IWorkStore
{
    /// <summary>Stores or replaces a document.</summary>
    Task PutAsync<T>(JobId job, string name, T document, CancellationToken cancellationToken);

    /// <summary>Reads a document.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    Task<T> GetAsync<T>(JobId job, string name, CancellationToken cancellationToken);

    /// <summary>Removes everything of a video, or of one attempt. Twice is fine.</summary>
    Task DeleteAsync(VideoId videoId, int? attempt, CancellationToken cancellationToken);
}

/// <summary>Removes what a CDN still holds of a deleted video. On one machine there is none.</summary>
public interface IMediaCachePurge
{
    /// <summary>Purges everything below <c>{videoId}/</c>.</summary>
    Task PurgeAsync(VideoId videoId, CancellationToken cancellationToken);
}
