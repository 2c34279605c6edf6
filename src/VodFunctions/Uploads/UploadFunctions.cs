using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using VodFunctions.BlobStorage.Uploads;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.Uploads;

/// <summary>
/// A stored upload starts attempt 1. Events come at least once, late, and also for what is not there any more; the use case
/// copes with all of it. Two triggers for one thing: in Azure Event Grid tells of the blob, on the storage emulator the
/// container is scanned. <c>Vod:UploadSource</c> says which of the two the host is told of.
/// </summary>
public sealed partial class UploadFunctions(UploadArrivals arrivals, ILogger<UploadFunctions> logger)
{
    private const string Path = "uploads/{videoId}/source";
    private const string Connection = "VodStorage";

    /// <summary>Told by Event Grid.</summary>
    [Function("OnUpload")]
    public Task OnUploadAsync(
        [BlobTrigger(Path, Source = BlobTriggerSource.EventGrid, Connection = Connection)] BlobClient blob,
        string videoId, [DurableClient] DurableTaskClient client, FunctionContext context) =>
        ArriveAsync(blob, videoId, context.CancellationToken);

    /// <summary>Found by a scan.</summary>
    [Function("OnUploadScan")]
    public Task OnUploadScanAsync(
        [BlobTrigger(Path, Source = BlobTriggerSource.LogsAndContainerScan, Connection = Connection)] BlobClient blob,
        string videoId, [DurableClient] DurableTaskClient client, FunctionContext context) =>
        ArriveAsync(blob, videoId, context.CancellationToken);

    private async Task ArriveAsync(BlobClient blob, string videoId, CancellationToken cancellationToken)
    {
        if (!VideoId.TryParse(videoId, null, out VideoId id))
        {
            return; // Nothing that a ticket was issued for.
        }

        BlobProperties found;
        try
        {
            found = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
        }
        catch (Azure.RequestFailedException gone) when (gone.Status == StatusNotFound)
        {
            LogGone(id);
            return;
        }

        ArrivalOutcome outcome = await arrivals.HandleAsync(
            id, UploadETag.Text(found.ETag), found.ContentLength, cancellationToken);
        LogArrived(id, outcome);
    }

    private const int StatusNotFound = 404;

    [LoggerMessage(6000, LogLevel.Information, "{VideoId}: its upload arrived: {Outcome}")]
    private partial void LogArrived(VideoId videoId, ArrivalOutcome outcome);

    [LoggerMessage(6001, LogLevel.Information, "{VideoId}: an event for an upload that is gone")]
    private partial void LogGone(VideoId videoId);
}
