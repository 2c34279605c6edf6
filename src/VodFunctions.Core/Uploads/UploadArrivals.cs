using System.Diagnostics;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Uploads;

/// <summary>What came of an upload event.</summary>
public enum ArrivalOutcome
{
    /// <summary>
    /// The engine took the start. It runs one instance of an id all the same: of two that come at once it may drop one
    /// without a word.
    /// </summary>
    Accepted,

    /// <summary>It had been started before: events come at least once.</summary>
    AlreadyStarted,

    /// <summary>The video is deleted; the upload was removed.</summary>
    Deleted,

    /// <summary>An empty blob: the content is still to come, with an event of its own.</summary>
    Empty,

    /// <summary>No ticket was ever issued for it; it is left alone.</summary>
    Unknown,
}

/// <summary>Turns a stored upload into attempt 1, however often its event comes.</summary>
public sealed class UploadArrivals(IVideoRecords records, IUploadStore uploads, IOrchestrationClient orchestrations)
{
    /// <summary>Handles an upload event.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="etag">Of the content.</param>
    /// <param name="sizeBytes">Of the content.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ArrivalOutcome> HandleAsync(
        VideoId videoId, string etag, long sizeBytes, CancellationToken cancellationToken)
    {
        if (sizeBytes == 0)
        {
            return ArrivalOutcome.Empty;
        }

        using Activity? span = VodTelemetry.Start("upload arrived", videoId);
        VideoRecord? record = await records.FindAsync(videoId, cancellationToken);
        if (record is null)
        {
            return ArrivalOutcome.Unknown;
        }

        if (record.IsDeleted)
        {
            await uploads.DeleteAsync(videoId, cancellationToken);
            return ArrivalOutcome.Deleted;
        }

        if (record.Job is not null)
        {
            return ArrivalOutcome.AlreadyStarted;
        }

        var job = new JobId(videoId, 1);
        bool accepted = await orchestrations.StartAsync(
            ProcessVideoNames.Orchestration, job.ToString(), new UploadedVideo(job, etag), cancellationToken);
        return accepted ? ArrivalOutcome.Accepted : ArrivalOutcome.AlreadyStarted;
    }
}
