using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Net.Http.Headers;

namespace VodFunctions.Local.Playback;

/// <summary>Reads published files. A player waits behind every call, so each has its own limit, as a CDN has for its origin.</summary>
internal sealed class MediaStorage(BlobServiceClient storage, TimeProvider time)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private readonly BlobContainerClient _media = storage.GetBlobContainerClient("media");

    /// <summary>What is stored under that name, or null.</summary>
    /// <exception cref="MediaStorageUnavailableException">Storage does not answer, or not in time.</exception>
    public Task<MediaFile?> FindAsync(MediaPath path, CancellationToken cancellationToken) => CallAsync<MediaFile?>(
        async limit =>
        {
            try
            {
                BlobProperties found = await _media.GetBlobClient(path.BlobName).GetPropertiesAsync(null, limit);
                return new(
                    new EntityTagHeaderValue(found.ETag.ToString("H")),
                    found.LastModified,
                    found.ContentLength,
                    found.ContentType ?? "application/octet-stream",
                    found.CacheControl);
            }
            catch (RequestFailedException e) when (e.Status == StatusCodes.Status404NotFound)
            {
                return null;
            }
        },
        cancellationToken);

    /// <summary>Opens a part of exactly that content. The stream is read from the network as it is consumed.</summary>
    /// <exception cref="MediaStorageUnavailableException">Storage does not answer, or the file was replaced just now.</exception>
    public Task<Stream> OpenAsync(
        MediaPath path, MediaFile file, long offset, long length, CancellationToken cancellationToken) => CallAsync<Stream>(
        async limit =>
        {
            BlobDownloadStreamingResult found = await _media.GetBlobClient(path.BlobName).DownloadStreamingAsync(
                new BlobDownloadOptions
                {
                    Range = new HttpRange(offset, length),
                    Conditions = new BlobRequestConditions { IfMatch = new ETag(file.ETag.ToString()) },
                },
                limit);
            return found.Content;
        },
        cancellationToken);

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(s_limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested
            && e is RequestFailedException or AggregateException or IOException or OperationCanceledException)
        {
            throw new MediaStorageUnavailableException(e);
        }
    }
}

/// <summary>Storage gave no usable answer.</summary>
/// <param name="inner">Why; for the log only.</param>
internal sealed class MediaStorageUnavailableException(Exception inner) : Exception("Media storage is unavailable.", inner);
