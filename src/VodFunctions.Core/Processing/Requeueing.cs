using VodFunctions.Core.Notifications;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing;

/// <summary>Gives a failed job (not a rejected one) another attempt.</summary>
public sealed class Requeueing(
    IVideoRecords records, IUploadStore uploads, INoticeIndex notices, IOrchestrationClient orchestrations,
    TimeProvider time)
{
    /// <summary>Starts the next attempt.</summary>
    /// <exception cref="ProblemException">No admin, no such video, or its job has not failed.</exception>
    public async Task RequeueAsync(Caller caller, VideoId videoId, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
        {
            throw new ProblemException(ProblemCode.Forbidden, "Only admins may requeue.");
        }

        VideoRecord? record = await records.FindAsync(videoId, cancellationToken);
        if (record is null || record.IsDeleted)
        {
            throw ProblemException.NotFound();
        }

        if (record.Job is not { Status: JobStatus.Error, Error.IsRejection: false } failed)
        {
            throw NotFailed();
        }

        // The record forgets when the failure's notice fell due: afterwards nobody could find its entry, not even a deletion.
        if (record.Notification?.DueAt is { } dueAt)
        {
            await notices.RemoveAsync(record.Owner, new JobId(videoId, failed.Attempt), dueAt, cancellationToken);
        }

        var next = new JobId(videoId, failed.Attempt + 1);
        StoredUpload? source = await uploads.FindAsync(videoId, cancellationToken);
        // The instance first: OpenJob makes the same transition, so that a kill in between loses nothing.
        await orchestrations.StartAsync(
            ProcessVideoNames.Orchestration, next.ToString(), new UploadedVideo(next, source?.ETag), cancellationToken);
        await orchestrations.TerminateAsync(
            new JobId(videoId, failed.Attempt).ToString(), "The job was requeued.", cancellationToken);
        try
        {
            await records.UpdateAsync(
                videoId,
                found => found.Job?.Attempt >= next.Attempt
                    ? found
                    : found.OpenJob(next.Attempt, source?.ETag ?? "", time.GetUtcNow()),
                cancellationToken);
        }
        catch (IllegalTransitionException)
        {
            throw NotFailed();
        }
    }

    private static ProblemException NotFailed() =>
        new(ProblemCode.JobNotRequeueable, "Only a job that failed can be requeued, and no rejected one.");
}
