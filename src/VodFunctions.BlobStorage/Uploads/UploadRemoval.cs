using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage.Uploads;

/// <summary>Removes an upload with everything that the holder of its URL could have left: blocks, snapshots, a lease, a pending copy.</summary>
internal sealed class UploadRemoval(BlockBlobClient blob, VideoId videoId, ILogger logger)
{
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RemoveOnceAsync(cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.LeaseIdMissing)
        {
            await blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: cancellationToken);
            Log.LeaseBroken(logger, videoId);
            await RemoveOnceAsync(cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.PendingCopyOperation)
        {
            BlobProperties found = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            await blob.AbortCopyFromUriAsync(found.CopyId, cancellationToken: cancellationToken);
            Log.CopyAborted(logger, videoId);
            await RemoveOnceAsync(cancellationToken);
        }
    }

    // A blob of nothing but uncommitted blocks cannot be deleted: it is not there yet. Committing an empty list drops every
    // block (storing an empty blob over it does not on the emulator, whose blocks then outlive the blob). If the event of
    // that commit is seen at all, it finds a tombstone, an ended job or no record.
    private async Task RemoveOnceAsync(CancellationToken cancellationToken)
    {
        if (await HasUncommittedBlocksAsync(cancellationToken))
        {
            await blob.CommitBlockListAsync([], cancellationToken: cancellationToken);
        }

        await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
    }

    private async Task<bool> HasUncommittedBlocksAsync(CancellationToken cancellationToken)
    {
        try
        {
            BlockList blocks = await blob.GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: cancellationToken);
            return blocks.UncommittedBlocks.Any();
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409)
        {
            // Nothing there, or an append or page blob, which has no blocks.
            return false;
        }
    }
}
