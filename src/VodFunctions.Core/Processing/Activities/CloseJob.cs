using Microsoft.Extensions.Logging;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing.Activities;

/// <summary>COMPLETED or ERROR.</summary>
public sealed class CloseJob(IVideoRecords records, TimeProvider time, ILogger<CloseJob> logger)
    : VodActivity<JobEnding, NoticeState>
{
    /// <inheritdoc />
    public override async Task<NoticeState> RunAsync(JobEnding input, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        int attempt = input.Job.Attempt;
        VideoRecord? record = null;
        try
        {
            record = await records.UpdateAsync(
                input.Job.VideoId,
                found => input.Published is not null
                    ? found.CompleteJob(attempt, input.Published, now)
                    : found.FailJob(attempt, input.Error!, now),
                cancellationToken);
        }
        catch (IllegalTransitionException)
        {
            // Deleted, or ended by the sweep: what that wrote stands.
            record = await records.FindAsync(input.Job.VideoId, cancellationToken);
        }

        if (record is { Job: { } job } && job.Attempt == attempt)
        {
            VodTelemetry.JobClosed(record);
            Report(record.VideoId, job);
        }

        return NoticeState.Of(record, input.Job);
    }

    private void Report(VideoId videoId, VodProcessingJob job)
    {
        if (job.Error is null)
        {
            Log.JobEnded(logger, videoId, job.Attempt, job.Status);
        }
        else
        {
            Log.JobFailed(logger, videoId, job.Attempt, job.Error.Code, job.Error.Detail);
        }
    }
}

/// <summary>
/// Removes what an ended attempt leaves behind: measurements always, media unless it is what viewers play, the upload when
/// it was rejected.
/// </summary>
public sealed class CleanUp(
    IVideoRecords records, IMediaStore media, IWorkStore documents, IUploadStore uploads)
    : VodActivity<JobId, bool>
{
    /// <inheritdoc />
    public override async Task<bool> RunAsync(JobId input, CancellationToken cancellationToken)
    {
        VideoRecord? record = await records.FindAsync(input.VideoId, cancellationToken);
        await documents.DeleteAsync(input.VideoId, input.Attempt, cancellationToken);
        bool current = record?.Job?.Attempt == input.Attempt;
        if (!current || record?.Job?.Status != JobStatus.Completed)
        {
            await media.DeleteAsync(input.VideoId, input.Attempt, cancellationToken);
        }

        if (current && record?.Job?.Error is { IsRejection: true })
        {
            await uploads.DeleteAsync(input.VideoId, cancellationToken);
        }

        return true;
    }
}

/// <summary>Writes step and percent into the record.</summary>
public sealed class ReportProgress(IVideoRecords records) : VodActivity<ProgressReport, bool>
{
    /// <inheritdoc />
    public override async Task<bool> RunAsync(ProgressReport input, CancellationToken cancellationToken) =>
        await records.UpdateAsync(
            input.Job.VideoId,
            found => found.ReportProgress(input.Job.Attempt, input.Step, input.Percent),
            cancellationToken) is not null;
}
