using System.Collections.Concurrent;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.FFmpeg.Tests.Sources;

/// <summary>Uploads in memory; a test may hold a download up or break it.</summary>
internal sealed class FakeUploads : IUploadStore
{
    private readonly ConcurrentDictionary<VideoId, (string ETag, byte[] Content)> _uploads = new();
    private int _downloads;

    public int Downloads => _downloads;

    /// <summary>Runs in the middle of each download.</summary>
    public Func<CancellationToken, Task> Midway { get; set; } = _ => Task.CompletedTask;

    public void Put(VideoId videoId, string etag, byte[] content) => _uploads[videoId] = (etag, content);

    public Task<StoredUpload?> FindAsync(VideoId videoId, CancellationToken cancellationToken) => Task.FromResult(
        _uploads.TryGetValue(videoId, out var upload)
            ? new StoredUpload(videoId, upload.ETag, upload.Content.Length, DateTimeOffset.UnixEpoch)
            : null);

    public async Task DownloadAsync(
        VideoId videoId, string etag, long maxBytes, Stream destination, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _downloads);
        (string current, byte[] content) = _uploads[videoId];
        if (current != etag)
        {
            throw new SourceGoneException("Replaced.");
        }

        await destination.WriteAsync(content.AsMemory(0, content.Length / 2), cancellationToken);
        await Midway(cancellationToken);
        await destination.WriteAsync(content.AsMemory(content.Length / 2), cancellationToken);
    }

    public Task DeleteAsync(VideoId videoId, CancellationToken cancellationToken)
    {
        _uploads.TryRemove(videoId, out _);
        return Task.CompletedTask;
    }

    public Task<Uri> CreateUploadUrlAsync(VideoId videoId, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<long> CountUncommittedAsync(VideoId videoId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<VideoId> ListUncommittedAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<StoredUpload> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
