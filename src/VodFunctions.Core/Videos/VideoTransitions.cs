using VodFunctions.Core.Publishing;

namespace VodFunctions.Core.Videos;

/// <summary>A transition that the states do not allow. It is an error, never a silent overwrite.</summary>
/// <param name="message">From what, to what.</param>
public sealed class IllegalTransitionException(string message) : InvalidOperationException(message);

/// <summary>
/// Every change that a <see cref="VideoRecord"/> can undergo, checked. Activities run at least once, so each transition
/// that has already happened for the same attempt returns the record it was given.
/// </summary>
public static class VideoTransitions
{
    /// <summary>The stored upload starts attempt 1, or a requeue starts the next one: both states PENDING.</summary>
    /// <exception cref="IllegalTransitionException">The video is deleted, or the attempt does not follow a failed one.</exception>
    public static VideoRecord OpenJob(this VideoRecord record, int attempt, string sourceETag, DateTimeOffset now)
    {
        record.DemandNotDeleted();
        if (record.Job?.Attempt == attempt)
        {
            return record;
        }

        bool first = record.Job is null && attempt == 1;
        bool requeue = record.Job is { Status: JobStatus.Error, Error.IsRejection: false } job && attempt == job.Attempt + 1;
        if (!first && !requeue)
        {
            throw Illegal(record, $"opening attempt {attempt}");
        }

        return record with
        {
            Job = new VodProcessingJob
            {
                Status = JobStatus.Pending,
                Attempt = attempt,
                SourceETag = sourceETag,
                StartedAt = now,
            },
            Notification = new VodProcessingNotification { Status = NotificationStatus.Pending },
            Published = null,
        };
    }

    /// <summary>Notes the step and the percent. It never goes back, and says nothing once the job has ended.</summary>
    public static VideoRecord ReportProgress(this VideoRecord record, int attempt, JobStep step, int percent)
    {
        if (record.IsDeleted || record.Job is not { Status: JobStatus.Pending } job || job.Attempt != attempt)
        {
            return record;
        }

        int forward = Math.Clamp(percent, job.Percent, 100);
        JobStep later = step > job.Step ? step : job.Step;
        return forward == job.Percent && later == job.Step
            ? record
            : record with { Job = job with { Step = later, Percent = forward } };
    }

    /// <summary>PENDING -> COMPLETED.</summary>
    /// <exception cref="IllegalTransitionException">The video is deleted, or this attempt is not the pending one.</exception>
    public static VideoRecord CompleteJob(
        this VideoRecord record, int attempt, PublishedVideo published, DateTimeOffset now)
    {
        record.DemandNotDeleted();
        if (record.Job is { Status: JobStatus.Completed } done && done.Attempt == attempt)
        {
            return record;
        }

        VodProcessingJob job = record.DemandPending(attempt, "completing");
        return record with
        {
            Job = job with { Status = JobStatus.Completed, Step = JobStep.Done, Percent = 100, EndedAt = now },
            Published = published,
        };
    }

    /// <summary>PENDING -> ERROR.</summary>
    /// <exception cref="IllegalTransitionException">The video is deleted, or this attempt is not the pending one.</exception>
    public static VideoRecord FailJob(this VideoRecord record, int attempt, JobError error, DateTimeOffset now)
    {
        record.DemandNotDeleted();
        if (record.Job is { Status: JobStatus.Error } done && done.Attempt == attempt)
        {
            return record;
        }

        VodProcessingJob job = record.DemandPending(attempt, "failing");
        return record with
        {
            Job = job with { Status = JobStatus.Error, Step = JobStep.Done, Error = error, EndedAt = now },
            Published = null,
        };
    }

    /// <summary>"Submit" was pressed. The same text again changes nothing.</summary>
    /// <exception cref="IllegalTransitionException">The video is deleted, has another post, or its time to post is over.</exception>
    public static VideoRecord SubmitPost(this VideoRecord record, SubmittedPost post)
    {
        record.DemandNotDeleted();
        if (record.Post is not null)
        {
            return record.Post.Text == post.Text ? record : throw Illegal(record, "a second post");
        }

        return record.Notification is { Status: NotificationStatus.Failed }
            ? throw Illegal(record, "a post after its time")
            : record with { Post = post };
    }

    /// <summary>Both are true now, the job has ended and the post is submitted: the notice falls due.</summary>
    /// <exception cref="IllegalTransitionException">They are not both true, or another attempt is under way.</exception>
    public static VideoRecord MakeNoticeDue(this VideoRecord record, int attempt, DateTimeOffset now)
    {
        VodProcessingNotification notice = record.DemandNotice(attempt, "a due notice");
        if (notice.DueAt is not null)
        {
            return record;
        }

        return record.Job!.Status != JobStatus.Pending && record.Post is not null
            && notice.Status == NotificationStatus.Pending
            ? record with { Notification = notice with { DueAt = now } }
            : throw Illegal(record, "a due notice");
    }

    /// <summary>PENDING -> SENT. What the client has acknowledged meanwhile stays acknowledged.</summary>
    /// <exception cref="IllegalTransitionException">The notice is not due, or has failed.</exception>
    public static VideoRecord MarkNoticeSent(this VideoRecord record, int attempt, DateTimeOffset now)
    {
        VodProcessingNotification notice = record.DemandNotice(attempt, "a sent notice");
        return notice switch
        {
            { Status: NotificationStatus.Sent or NotificationStatus.Completed } => record,
            { Status: NotificationStatus.Pending, DueAt: not null } =>
                record with { Notification = notice with { Status = NotificationStatus.Sent, SentAt = now } },
            _ => throw Illegal(record, "a sent notice"),
        };
    }

    /// <summary>
    /// The client has acknowledged: SENT or FAILED -> COMPLETED. A notice that is due but still PENDING was pushed and the
    /// host died before it wrote SENT, or was read from the list: both steps are taken at once.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="attempt">
    /// Whose notice was seen; null for the current one. An earlier one is of the past: it says nothing of the current one.
    /// </param>
    /// <param name="now">The time.</param>
    /// <exception cref="IllegalTransitionException">The notice was never due, or there is no such attempt yet.</exception>
    public static VideoRecord AcknowledgeNotice(this VideoRecord record, int? attempt, DateTimeOffset now)
    {
        record.DemandNotDeleted();
        int current = record.Job?.Attempt ?? 0;
        if (attempt < current)
        {
            return record;
        }

        return record.Notification switch
        {
            _ when attempt > current => throw Illegal(record, $"an acknowledgement of attempt {attempt}"),
            { Status: NotificationStatus.Completed } => record,
            { DueAt: not null } notice => record with
            {
                Notification = notice with
                {
                    Status = NotificationStatus.Completed,
                    SentAt = notice.SentAt ?? now,
                    AcknowledgedAt = now,
                },
            },
            _ => throw Illegal(record, "an acknowledgement"),
        };
    }

    /// <summary>SENT -> FAILED (never acknowledged) or PENDING -> FAILED (post never submitted).</summary>
    /// <exception cref="IllegalTransitionException">
    /// Another attempt is under way, the job has not ended, or the post has come and the notice is about to fall due.
    /// </exception>
    public static VideoRecord FailNotice(this VideoRecord record, int attempt)
    {
        VodProcessingNotification notice = record.DemandNotice(attempt, "a failed notice");
        if (notice.Status is NotificationStatus.Completed or NotificationStatus.Failed)
        {
            return record;
        }

        bool neverPosted = record.Job!.Status != JobStatus.Pending && record.Post is null;
        return neverPosted || notice.DueAt is not null
            ? record with { Notification = notice with { Status = NotificationStatus.Failed } }
            : throw Illegal(record, "a failed notice");
    }

    /// <summary>Leaves a tombstone.</summary>
    public static VideoRecord Delete(this VideoRecord record, DateTimeOffset now) =>
        record.IsDeleted
            ? record
            : new VideoRecord
            {
                VideoId = record.VideoId,
                Owner = record.Owner,
                CreatedAt = record.CreatedAt,
                Deletion = new Deletion(
                    now, record.Job?.Attempt ?? 0, record.Post?.FeedId, record.Post?.SubmittedAt, record.Notification?.DueAt),
            };

    /// <summary>Takes out of a tombstone whose it was and what was posted; it goes on blocking the id.</summary>
    /// <exception cref="IllegalTransitionException">The video is not deleted.</exception>
    internal static VideoRecord Forget(this VideoRecord record) => record switch
    {
        { Deletion: null } => throw Illegal(record, "forgetting"),
        _ when record.Owner == UserId.Nobody => record,
        _ => new VideoRecord
        {
            VideoId = record.VideoId,
            Owner = UserId.Nobody,
            CreatedAt = record.CreatedAt,
            Deletion = new Deletion(record.Deletion.At, record.Deletion.LastAttempt, null, null, null),
        },
    };

    private static void DemandNotDeleted(this VideoRecord record)
    {
        if (record.IsDeleted)
        {
            throw new IllegalTransitionException($"{record.VideoId}: deleted.");
        }
    }

    private static VodProcessingJob DemandPending(this VideoRecord record, int attempt, string what) =>
        record.Job is { Status: JobStatus.Pending } job && job.Attempt == attempt
            ? job
            : throw Illegal(record, $"{what} attempt {attempt}");

    private static VodProcessingNotification DemandNotice(this VideoRecord record, int attempt, string what)
    {
        record.DemandNotDeleted();
        return record.Job?.Attempt == attempt && record.Notification is not null
            ? record.Notification
            : throw Illegal(record, $"{what} of attempt {attempt}");
    }

    private static IllegalTransitionException Illegal(VideoRecord record, string what) => new(
        $"{record.VideoId}: {what} is not allowed; job {record.Job?.Status.ToString() ?? "none"} "
        + $"(attempt {record.Job?.Attempt ?? 0}), notice {record.Notification?.Status.ToString() ?? "none"}.");
}
