using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage.Uploads;

/// <summary>The <c>uploads</c> container.</summary>
internal sealed class BlobUploadStore(
    VodContainers containers, UploadUrlSigner signer, TimeProvider time, ILogger<BlobUploadStore> logger) : IUploadStore
{
    public Task<Uri> CreateUploadUrlAsync(
        VideoId videoId, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        signer.SignAsync(Blob(videoId), expiresAt, cancellationToken);

    public async Task<StoredUpload?> FindAsync(VideoId videoId, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties found = await Blob(videoId).GetPropertiesAsync(cancellationToken: cancellationToken);
            return new(videoId, UploadETag.Text(found.ETag), found.ContentLength, found.LastModified);
        }
        catch (RequestFailedException exception) when (exception.IsBlobMissing() || exception.IsUnreadable())
        {
            return null;
        }
    }

    public async Task<long> CountUncommittedAsync(VideoId videoId, CancellationToken cancellationToken)
    {
        try
        {
            BlockList blocks = await containers.Uploads.GetBlockBlobClient(UploadBlobs.NameOf(videoId))
                .GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: cancellationToken);
            return blocks.UncommittedBlocks.Sum(block => block.SizeLong);
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409)
        {
            // Nothing there, or an append or page blob, which has no blocks.
            return 0;
        }
    }

    public async IAsyncEnumerable<VideoId> ListUncommittedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BlobItem item in containers.Uploads.GetBlobsAsync(
            new GetBlobsOptions { States = BlobStates.Uncommitted }, cancellationToken))
        {
            if (UploadBlobs.TryParse(item.Name, out VideoId videoId) && item.Properties.ContentLength is null or 0)
            {
                yield return videoId;
            }
        }
    }

    public Task DownloadAsync(
        VideoId videoId, string etag, long maxBytes, Stream destination, CancellationToken cancellationToken)
    {
        BlobClient blob = Blob(videoId);
        var download = new PinnedDownload(
            videoId,
            async (options, token) =>
            {
                BlobDownloadStreamingResult answer = await blob.DownloadStreamingAsync(options, token);
                return new(answer.Content, answer.Details.ContentLength);
            },
            new ETag(etag), maxBytes, time, logger);
        return download.CopyToAsync(destination, cancellationToken);
    }

    public Task DeleteAsync(VideoId videoId, CancellationToken cancellationToken) =>
        new UploadRemoval(containers.Uploads.GetBlockBlobClient(UploadBlobs.NameOf(videoId)), videoId, logger)
            .RemoveAsync(cancellationToken);

    public async IAsyncEnumerable<StoredUpload> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BlobItem item in containers.Uploads.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (UploadBlobs.TryParse(item.Name, out VideoId videoId)
                && item.Properties is { ETag: { } etag, ContentLength: { } size, LastModified: { } lastModified })
            {
                yield return new(videoId, UploadETag.Text(etag), size, lastModified);
            }
        }
    }

    private BlobClient Blob(VideoId videoId) => containers.Uploads.GetBlobClient(UploadBlobs.NameOf(videoId));
}
