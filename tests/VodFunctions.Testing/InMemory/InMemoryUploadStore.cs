using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.Testing.InMemory;

/// <summary>The <c>uploads</c> container. <see cref="Put"/> is the browser that commits an upload.</summary>
public sealed class InMemoryUploadStore(TimeProvider time) : IUploadStore
{
    private readonly ConcurrentDictionary<VideoId, (StoredUpload Upload, byte[] Content)> _blobs = new();
    private int _etag;

    /// <summary>Bytes that browsers have sent and not committed.</summary>
    public ConcurrentDictionary<VideoId, long> Uncommitted { get; } = new();

    /// <summary>How many URLs were made.</summary>
    public int UrlsMade => _urlsMade;

    private int _urlsMade;

    /// <summary>Stores content under a new ETag.</summary>
    public StoredUpload Put(VideoId videoId, params byte[] content)
    {
        string etag = "0x" + Interlocked.Increment(ref _etag).ToString("X8", CultureInfo.InvariantCulture);
        var upload = new StoredUpload(videoId, etag, content.Length, time.GetUtcNow());
        _blobs[videoId] = (upload, [.. content]);
        return upload;
    }

    public Task<Uri> CreateUploadUrlAsync(VideoId videoId, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int number = Interlocked.Increment(ref _urlsMade);
        string expiry = expiresAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return Task.FromResult(new Uri(
            $"https://uploads.test/uploads/{videoId}/source?sp=rcw&se={expiry}&sig=secret-{number}"));
    }

    public Task<StoredUpload?> FindAsync(VideoId videoId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_blobs.TryGetValue(videoId, out var found) ? found.Upload : null);
    }

    public Task<long> CountUncommittedAsync(VideoId videoId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Uncommitted.GetValueOrDefault(videoId));
    }

    public async IAsyncEnumerable<VideoId> ListUncommittedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (VideoId videoId in Uncommitted.Keys.Where(key => !_blobs.ContainsKey(key)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return videoId;
            await Task.Yield();
        }
    }

    public async Task DownloadAsync(
        VideoId videoId, string etag, long maxBytes, Stream destination, CancellationToken cancellationToken)
    {
        if (!_blobs.TryGetValue(videoId, out var found) || found.Upload.ETag != etag)
        {
            throw new SourceGoneException("The upload is gone or was replaced.");
        }

        int length = (int)Math.Min(found.Content.Length, maxBytes);
        await destination.WriteAsync(found.Content.AsMemory(0, length), cancellationToken);
        if (found.Content.Length > maxBytes)
        {
            throw new InvalidDataException("More bytes than allowed.");
        }
    }

    public Task DeleteAsync(VideoId videoId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _blobs.TryRemove(videoId, out _);
        Uncommitted.TryRemove(videoId, out _);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<StoredUpload> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var blob in _blobs.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return blob.Upload;
            await Task.Yield();
        }
    }
}
