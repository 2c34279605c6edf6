using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage.Uploads;

/// <summary>
/// Copies one content of a blob through a small buffer. A connection that breaks is taken up again where it broke, under
/// the same ETag, so that the copy is never of two contents.
/// </summary>
internal sealed class PinnedDownload(
    VideoId videoId, OpenContent source, ETag etag, long maxBytes, TimeProvider time, ILogger logger)
{
    private const int BufferBytes = 128 * 1024;
    private const int MaxBreaksWithoutProgress = 5;

    private long _offset;
    private long? _total;

    public async Task CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferBytes];
        int breaks = 0;
        do
        {
            long before = _offset;
            try
            {
                await CopyOnceAsync(destination, buffer, cancellationToken);
            }
            catch (BrokenDownloadException broken) when (!cancellationToken.IsCancellationRequested)
            {
                breaks = _offset > before ? 1 : breaks + 1;
                if (breaks > MaxBreaksWithoutProgress)
                {
                    throw new IOException($"{videoId}: the download breaks again and again.", broken.InnerException);
                }

                Log.DownloadBroke(logger, videoId, _offset, broken.InnerException!.GetType().Name);
                await Task.Delay(TimeSpan.FromMilliseconds(100 << breaks), time, cancellationToken);
            }
        }
        while (_offset != _total);
    }

    private async Task CopyOnceAsync(Stream destination, byte[] buffer, CancellationToken cancellationToken)
    {
        using OpenedContent answer = await FromStorageAsync(
            () => source(Options(), cancellationToken), cancellationToken);
        _total ??= answer.LengthBytes;
        if (_total > maxBytes)
        {
            throw new InvalidDataException($"{videoId}: the upload has {_total} bytes, more than {maxBytes}.");
        }

        while (_offset < _total)
        {
            int read = await FromStorageAsync(
                () => answer.Content.ReadAsync(buffer, cancellationToken).AsTask(), cancellationToken);
            if (read == 0)
            {
                throw new BrokenDownloadException(new EndOfStreamException());
            }

            // Never more than announced. What the destination throws (a full disk) is no break of the download.
            int taken = (int)Math.Min(read, _total.Value - _offset);
            await destination.WriteAsync(buffer.AsMemory(0, taken), cancellationToken);
            _offset += taken;
        }
    }

    // A range on an empty blob is an error (416), so the first request has none.
    private BlobDownloadOptions Options() => new()
    {
        Range = _offset == 0 ? default : new HttpRange(_offset),
        Conditions = new BlobRequestConditions { IfMatch = etag },
    };

    private async Task<T> FromStorageAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (RequestFailedException exception)
            when (exception.Status is 404 or 412 or 416 || exception.IsUnreadable())
        {
            // 416: the blob is shorter than what was read of it, so it was replaced.
            throw new SourceGoneException($"{videoId}: the upload is gone or was replaced ({exception.Status}).");
        }
        catch (Exception exception) when (exception.IsTransient() && !cancellationToken.IsCancellationRequested)
        {
            throw new BrokenDownloadException(exception);
        }
    }

    private sealed class BrokenDownloadException(Exception inner) : Exception("The download broke.", inner);
}

/// <summary>Opens the content from the range's start on.</summary>
internal delegate Task<OpenedContent> OpenContent(BlobDownloadOptions options, CancellationToken cancellationToken);

/// <summary>An answer whose body is still to be read.</summary>
internal sealed record OpenedContent(Stream Content, long LengthBytes) : IDisposable
{
    public void Dispose() => Content.Dispose();
}
