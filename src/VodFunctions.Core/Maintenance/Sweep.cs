using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Maintenance;

/// <summary>
/// Tidies up, again and again: finishes deletions, forgets tickets that were never used, removes uploads whose time is over,
/// drops what was sent under no ticket or too much, starts lost orchestrations anew and those whose upload's event was lost,
/// purges old history. Each video by itself: one that fails holds up none.
/// </summary>
public sealed class Sweep(
    IVideoRecords records, IUploadStore uploads, IUploadQuota quota, UploadArrivals arrivals, IMarkers markers, VideoDeletion deletion,
    IOrchestrationClient orchestrations, TimeProvider time, IOptions<VodOptions> options, ILogger<Sweep> logger)
{
    /// <summary>An upload's event comes within seconds; what is older and has no job has lost it.</summary>
    private static readonly TimeSpan s_eventLost = TimeSpan.FromMinutes(10);

    private RetentionOptions Keep => options.Value.Retention;

    /// <summary>Runs once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await EachAsync(MarkerKind.Deletion, FinishDeletionAsync, cancellationToken);
        await EachAsync(MarkerKind.Ticket, ForgetTicketAsync, cancellationToken);
        await EachAsync(MarkerKind.Job, ResumeLostJobAsync, cancellationToken);
        await foreach (StoredUpload upload in uploads.ListAsync(cancellationToken))
        {
            await GuardAsync(upload.VideoId, () => LookAfterUploadAsync(upload, cancellationToken), cancellationToken);
        }

        await foreach (VideoId videoId in uploads.ListUncommittedAsync(cancellationToken))
        {
            await GuardAsync(videoId, () => LookAfterBlocksAsync(videoId, cancellationToken), cancellationToken);
        }

        await quota.RemoveBeforeAsync(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime.AddDays(-2)), cancellationToken);
        await orchestrations.PurgeEndedAsync(time.GetUtcNow() - Keep.History, cancellationToken);
    }

    private async Task EachAsync(
        MarkerKind kind, Func<Marker, CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        await foreach (Marker marker in markers.ListAsync(kind, cancellationToken))
        {
            await GuardAsync(marker.VideoId, () => action(marker, cancellationToken), cancellationToken);
        }
    }

    private async Task GuardAsync(VideoId videoId, Func<Task> action, CancellationToken cancellationToken)
    {
        try
        {
            await action();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.SweepFailed(logger, exception, videoId);
        }
    }

    private async Task FinishDeletionAsync(Marker marker, CancellationToken cancellationToken)
    {
        VideoRecord? record = await records.FindAsync(marker.VideoId, cancellationToken);
        if (record is { IsDeleted: true })
        {
            await deletion.CleanAsync(record, cancellationToken);
        }

        // Longer than any activity or ticket lives: after that nothing writes any more.
        if (marker.SetAt + Keep.DeletionSweep <= time.GetUtcNow())
        {
            if (record is { IsDeleted: true })
            {
                await deletion.ForgetAsync(record, cancellationToken);
            }

            await markers.RemoveAsync(MarkerKind.Deletion, marker.VideoId, cancellationToken);
        }
    }

    private async Task ForgetTicketAsync(Marker marker, CancellationToken cancellationToken)
    {
        // Not before its last URL is dead: what that stored would belong to nobody.
        if (UploadBounds.LastUrlEnds(marker.SetAt, options.Value) > time.GetUtcNow())
        {
            return;
        }

        VideoRecord? record = await records.FindAsync(marker.VideoId, cancellationToken);
        if (record is { Job: null, IsDeleted: false }
            && await uploads.FindAsync(marker.VideoId, cancellationToken) is not { HasContent: true })
        {
            await records.RemoveFromOwnerIndexAsync(record, cancellationToken);
            await uploads.DeleteAsync(marker.VideoId, cancellationToken);
            await records.RemoveAsync(marker.VideoId, cancellationToken);
            Log.TicketExpired(logger, marker.VideoId);
        }

        await markers.RemoveAsync(MarkerKind.Ticket, marker.VideoId, cancellationToken);
    }

    // Its orchestration may be gone: an older journal was brought back, or a version that replays differently failed it. The
    // job has ended then, and the notice is still owed.
    private async Task ResumeLostJobAsync(Marker marker, CancellationToken cancellationToken)
    {
        VideoRecord? record = await records.FindAsync(marker.VideoId, cancellationToken);
        if (record is null or { IsSettled: true })
        {
            await markers.RemoveAsync(MarkerKind.Job, marker.VideoId, cancellationToken);
            return;
        }

        var id = new JobId(record.VideoId, record.Job?.Attempt ?? 1);
        var next = new JobId(id.VideoId, id.Attempt + 1);
        if (await orchestrations.FindAsync(id.ToString(), cancellationToken) == InstanceStatus.Running
            || await orchestrations.FindAsync(next.ToString(), cancellationToken) is not null)
        {
            return; // It goes on, or a requeue is just about to take over.
        }

        Log.JobLost(logger, record.VideoId);
        var error = new JobError(JobErrorCode.Internal, "The orchestration is gone.");
        await records.UpdateAsync(
            record.VideoId,
            found => found.Job is { Status: JobStatus.Pending } && found.Job.Attempt == id.Attempt
                ? found.FailJob(id.Attempt, error, time.GetUtcNow())
                : found,
            cancellationToken);
        string? etag = record.Job?.SourceETag ?? (await uploads.FindAsync(id.VideoId, cancellationToken))?.ETag;
        await orchestrations.PurgeAsync(id.ToString(), cancellationToken);
        await orchestrations.StartAsync(
            ProcessVideoNames.Orchestration, id.ToString(), new UploadedVideo(id, etag), cancellationToken);
    }

    private async Task LookAfterUploadAsync(StoredUpload upload, CancellationToken cancellationToken)
    {
        VideoRecord? record = await records.FindAsync(upload.VideoId, cancellationToken);
        if (record is { Job: null, IsDeleted: false } && upload.HasContent && upload.LastModified + s_eventLost <= time.GetUtcNow())
        {
            await arrivals.HandleAsync(upload.VideoId, upload.ETag, upload.SizeBytes, cancellationToken);
        }
        else if (UploadRetention.IsOver(record, upload.LastModified, Keep, time.GetUtcNow()))
        {
            await uploads.DeleteAsync(upload.VideoId, cancellationToken);
            Log.UploadExpired(logger, upload.VideoId);
        }
    }

    // A record comes before the first URL and goes after the last: blocks without one are leftovers.
    private async Task LookAfterBlocksAsync(VideoId videoId, CancellationToken cancellationToken)
    {
        VideoRecord? record = await records.FindAsync(videoId, cancellationToken);
        bool isWanted = record is { Job: null, IsDeleted: false }
            && await uploads.CountUncommittedAsync(videoId, cancellationToken)
                <= UploadBounds.MaxUncommittedBytes(record.Upload, options.Value.Uploads);
        if (!isWanted)
        {
            await uploads.DeleteAsync(videoId, cancellationToken);
            Log.BlocksDropped(logger, videoId);
        }
    }
}
