using Microsoft.Extensions.Options;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Json;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing.Activities;

/// <summary>Reads how post and notice stand.</summary>
public sealed class ReadNotice(IVideoRecords records) : VodActivity<JobId, NoticeState>
{
    /// <inheritdoc />
    public override async Task<NoticeState> RunAsync(JobId input, CancellationToken cancellationToken) =>
        NoticeState.Of(await records.FindAsync(input.VideoId, cancellationToken), input);
}

/// <summary>Both are true, the job has ended and the post is submitted: the notice falls due, the post enters the feed.</summary>
public sealed class OpenNotice(IVideoRecords records, INoticeIndex index, IFeedStore feed, TimeProvider time)
    : VodActivity<JobId, NoticeState>
{
    /// <inheritdoc />
    public override async Task<NoticeState> RunAsync(JobId input, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        VideoRecord? record = await NoticeUpdate.TryAsync(
            records, input, found => found.MakeNoticeDue(input.Attempt, now), cancellationToken);
        NoticeState state = NoticeState.Of(record, input);
        if (!state.IsCurrent || record!.Notification!.DueAt is not { } dueAt)
        {
            return state;
        }

        if (record.Published is not null)
        {
            SubmittedPost post = record.Post!;
            await feed.PutAsync(
                new FeedEntry(post.FeedId, record.VideoId, record.Owner, post.Text, post.SubmittedAt, record.Published)
                {
                    Author = post.Author,
                },
                cancellationToken);
        }

        if (state.Status != NotificationStatus.Completed)
        {
            await index.AddAsync(record.Owner, input, dueAt, cancellationToken);
        }

        return state;
    }
}

/// <summary>Pushes the notice, then writes SENT: a kill in between pushes it twice, and the client drops the second.</summary>
public sealed class PushNotice(
    IVideoRecords records, INotificationChannel channel, TimeProvider time, IOptions<VodOptions> options)
    : VodActivity<JobId, NoticeState>
{
    /// <inheritdoc />
    public override async Task<NoticeState> RunAsync(JobId input, CancellationToken cancellationToken)
    {
        VideoRecord? record = await records.FindAsync(input.VideoId, cancellationToken);
        NoticeState state = NoticeState.Of(record, input);
        if (!state.IsCurrent || state.Status == NotificationStatus.Completed)
        {
            return state;
        }

        string json = VodJson.Serialize(Notice.Of(record!, options.Value.PlaybackOrigin));
        await channel.SendToUserAsync(record!.Owner, json, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        VodTelemetry.NoticePushed(record, now);
        record = await NoticeUpdate.TryAsync(
            records, input, found => found.MarkNoticeSent(input.Attempt, now), cancellationToken);
        return NoticeState.Of(record, input);
    }
}

/// <summary>Never acknowledged, or the post was never submitted. A post that was stored at the last moment stands.</summary>
public sealed class FailNotice(IVideoRecords records) : VodActivity<JobId, NoticeState>
{
    /// <inheritdoc />
    public override async Task<NoticeState> RunAsync(JobId input, CancellationToken cancellationToken)
    {
        VideoRecord? record = await NoticeUpdate.TryAsync(
            records, input, found => found.FailNotice(input.Attempt), cancellationToken);
        return NoticeState.Of(record, input);
    }
}

/// <summary>Deletes a video whose post was never submitted.</summary>
public sealed class ExpireVideo(VideoDeletion deletion) : VodActivity<JobId, bool>
{
    /// <inheritdoc />
    public override Task<bool> RunAsync(JobId input, CancellationToken cancellationToken) => deletion.DeleteAsync(
        input.VideoId, record => record.Post is null && record.Job?.Attempt == input.Attempt, input, cancellationToken);
}

/// <summary>
/// Drops the marker of a video that is owed no orchestration any more; another attempt's stays. A kill between the stored
/// acknowledgement and the end of its call may have left the notice in the list: that goes, too.
/// </summary>
public sealed class Settle(IVideoRecords records, INoticeIndex index, IMarkers markers) : VodActivity<JobId, bool>
{
    /// <inheritdoc />
    public override async Task<bool> RunAsync(JobId input, CancellationToken cancellationToken)
    {
        VideoRecord? record = await records.FindAsync(input.VideoId, cancellationToken);
        if (record is not (null or { IsSettled: true }))
        {
            return false;
        }

        if (record is { Notification: { Status: NotificationStatus.Completed, DueAt: { } dueAt }, Job.Attempt: var attempt })
        {
            await index.RemoveAsync(record.Owner, new JobId(input.VideoId, attempt), dueAt, cancellationToken);
        }

        await markers.RemoveAsync(MarkerKind.Job, input.VideoId, cancellationToken);
        return true;
    }
}

/// <summary>A transition that came too late (deleted, requeued) is no failure: the state that is read back says so.</summary>
internal static class NoticeUpdate
{
    public static async Task<VideoRecord?> TryAsync(
        IVideoRecords records, JobId job, Func<VideoRecord, VideoRecord> change, CancellationToken cancellationToken)
    {
        try
        {
            return await records.UpdateAsync(job.VideoId, change, cancellationToken);
        }
        catch (IllegalTransitionException)
        {
            return await records.FindAsync(job.VideoId, cancellationToken);
        }
    }
}
