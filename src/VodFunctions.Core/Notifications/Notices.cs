using System.Diagnostics;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Notifications;

/// <summary>The client's side of notices: connect, list what was missed, acknowledge.</summary>
public sealed class Notices(
    IVideoRecords records, INoticeIndex index, INotificationChannel channel, IOrchestrationClient orchestrations,
    TimeProvider time, IOptions<VodOptions> options)
{
    private const int PageSize = 50;

    /// <summary>A Web PubSub client URL for this user alone.</summary>
    /// <exception cref="ProblemException">No role.</exception>
    public Task<Uri> ConnectAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.IsUploader
            ? channel.GetClientUrlAsync(caller.User, options.Value.Notifications.ClientUrlLifetime, cancellationToken)
            : throw new ProblemException(ProblemCode.Forbidden, "Only uploaders are notified.");

    /// <summary>The caller's notices that are due and not acknowledged, newest first.</summary>
    /// <exception cref="ProblemException">No role, or an unreadable cursor.</exception>
    public async Task<Page<Notice>> ListAsync(
        Caller caller, string? cursor, string? language, CancellationToken cancellationToken)
    {
        if (!caller.IsUploader)
        {
            throw new ProblemException(ProblemCode.Forbidden, "Only uploaders are notified.");
        }

        Page<JobId> page = await Cursors.ReadAsync(() => index.ListAsync(caller.User, cursor, PageSize, cancellationToken));
        VideoRecord?[] found = await Task.WhenAll(page.Items.Select(id => records.FindAsync(id.VideoId, cancellationToken)));
        // The index may be behind the record (a kill between the two): the record decides.
        IEnumerable<Notice> open = page.Items.Zip(found)
            .Where(pair => pair.Second is { IsDeleted: false, Notification: { DueAt: not null } notice }
                && notice.Status != NotificationStatus.Completed
                && pair.Second.Job?.Attempt == pair.First.Attempt
                && pair.Second.Owner == caller.User)
            .Select(pair => Notice.Of(pair.Second!, options.Value.PlaybackOrigin, language));
        return new Page<Notice>([.. open], page.Cursor);
    }

    /// <summary>The client has shown the notice. Again is fine, and late is, too: an earlier attempt's changes nothing.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="videoId">The video.</param>
    /// <param name="notificationId">Which notice was shown; null for whichever is current.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ProblemException">Not the caller's video, no notice of it, or not due yet.</exception>
    public async Task AcknowledgeAsync(
        Caller caller, VideoId videoId, JobId? notificationId, CancellationToken cancellationToken)
    {
        VideoRecord? record = await records.FindAsync(videoId, cancellationToken);
        if (record is null || record.IsDeleted || record.Owner != caller.User)
        {
            throw ProblemException.NotFound();
        }

        if (notificationId is { } id && id.VideoId != videoId)
        {
            throw NoSuchNotice();
        }

        using Activity? span = VodTelemetry.Start("notice acknowledged", videoId);
        int? shown = notificationId?.Attempt;
        DateTimeOffset now = time.GetUtcNow();
        // Decided on the record that is written: a requeue or a deletion may come in between.
        record = await records.UpdateAsync(videoId, found => Acknowledge(found, shown, now), cancellationToken)
            ?? throw ProblemException.NotFound();
        var current = new JobId(videoId, record.Job!.Attempt);
        if (shown < current.Attempt)
        {
            return;
        }

        await index.RemoveAsync(record.Owner, current, record.Notification!.DueAt!.Value, cancellationToken);
        await orchestrations.RaiseEventAsync(current.ToString(), ProcessVideoNames.NoticeAcknowledged, cancellationToken);
    }

    private static VideoRecord Acknowledge(VideoRecord found, int? attempt, DateTimeOffset now)
    {
        try
        {
            return found.AcknowledgeNotice(attempt, now);
        }
        catch (IllegalTransitionException)
        {
            throw found.IsDeleted ? ProblemException.NotFound()
                : attempt > (found.Job?.Attempt ?? 0) ? NoSuchNotice()
                : new ProblemException(ProblemCode.NotificationNotDue, "There is no notice to acknowledge yet.");
        }
    }

    private static ProblemException NoSuchNotice() =>
        new(ProblemCode.InvalidRequest, "notificationId names no notice of this video.");
}
