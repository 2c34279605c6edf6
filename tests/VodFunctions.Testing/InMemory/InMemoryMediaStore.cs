using System.Collections.Concurrent;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Videos;

namespace VodFunctions.Testing.InMemory;

/// <summary>The <c>media</c> container, and the CDN before it that remembers what was purged.</summary>
public sealed class InMemoryMediaStore : IMediaStore, IMediaCachePurge
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<VideoId> _purged = new();

    /// <summary>Names as viewers see them, <c>{videoId}/{attempt}/...</c>, in order.</summary>
    public IReadOnlyList<string> Names => [.. _files.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What the CDN was told to forget.</summary>
    public IReadOnlyCollection<VideoId> Purged => [.. _purged];

    /// <summary>The content of a file.</summary>
    public byte[] Read(string name) => _files[name];

    public async Task PutAsync(JobId job, string path, Stream content, CancellationToken cancellationToken)
    {
        _ = MediaFiles.ContentType(path);
        using var whole = new MemoryStream();
        await content.CopyToAsync(whole, cancellationToken);
        _files[$"{job.VideoId}/{job.Attempt}/{path}"] = whole.ToArray();
    }

    public Task<int> DeleteAsync(VideoId videoId, int? attempt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string prefix = attempt is null ? $"{videoId}/" : $"{videoId}/{attempt}/";
        return Task.FromResult(_files.Keys
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Count(name => _files.TryRemove(name, out _)));
    }

    public Task PurgeAsync(VideoId videoId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _purged.Enqueue(videoId);
        return Task.CompletedTask;
    }
}
