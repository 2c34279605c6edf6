using Microsoft.Extensions.Options;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Settings;

namespace VodFunctions.Core.Videos;

/// <summary>Shows videos to those who may see them.</summary>
public sealed class VideoCatalog(IVideoRecords records, PublicNames names, IOptions<VodOptions> options)
{
    private const int PageSize = 20;

    /// <summary>A video: its owner always, an admin always, anyone once it is COMPLETED and posted.</summary>
    /// <param name="caller">Null when nobody signed in.</param>
    /// <param name="videoId">The video.</param>
    /// <param name="language">For the error's sentence.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ProblemException">Not there, or not for the caller's eyes.</exception>
    public async Task<VideoView> GetAsync(
        Caller? caller, VideoId videoId, string? language, CancellationToken cancellationToken)
    {
        VideoRecord? record = await records.FindAsync(videoId, cancellationToken);
        return record is not null && !record.IsDeleted
            && (record.IsPublic || caller?.User == record.Owner || caller?.IsAdmin == true)
            ? Show(record, await OwnerAsync(record, caller, cancellationToken), caller, language)
            : throw ProblemException.NotFound();
    }

    /// <summary>The caller's own videos, newest first.</summary>
    /// <exception cref="ProblemException">No role, or an unreadable cursor.</exception>
    public async Task<Page<VideoView>> ListMineAsync(
        Caller caller, string? cursor, string? language, CancellationToken cancellationToken)
    {
        if (!caller.IsUploader)
        {
            throw new ProblemException(ProblemCode.Forbidden, "Only uploaders have videos.");
        }

        Page<VideoRecord> page = await Cursors.ReadAsync(
            () => records.ListByOwnerAsync(caller.User, cursor, PageSize, cancellationToken));
        return new Page<VideoView>([.. page.Items.Select(record => Show(record, record.Owner.ToString(), caller, language))], page.Cursor);
    }

    // Only those who may see the id anyway are shown it.
    private async ValueTask<string> OwnerAsync(VideoRecord record, Caller? caller, CancellationToken cancellationToken) =>
        IsTrusted(record, caller)
            ? record.Owner.ToString()
            : await names.OfAsync(record.Owner, record.Post?.Author, cancellationToken);

    private static bool IsTrusted(VideoRecord record, Caller? caller) =>
        caller is not null && (caller.User == record.Owner || caller.IsAdmin);

    private VideoView Show(VideoRecord record, string owner, Caller? caller, string? language)
    {
        JobView? job = record.Job is null ? null : new JobView(
            record.Job.Status, record.Job.Step, record.Job.Percent,
            record.Job.Error is null ? null : new JobErrorView(
                record.Job.Error.Code, JobErrorMessages.For(record.Job.Error.Code, language)));
        NotificationView? notice = record.Notification is not null && caller?.User == record.Owner
            ? new NotificationView(record.Notification.Status)
            : null;
        PlaybackView? playback = record is { Job.Status: JobStatus.Completed, Published: not null }
            ? PlaybackView.From(record.Published, options.Value.PlaybackOrigin)
            : null;
        PostView? post = record.Post is null
            ? null
            : new PostView(record.Post.FeedId, record.Post.Text, record.Post.SubmittedAt);
        // A file's name may say more than its owner wants to post.
        string? fileName = IsTrusted(record, caller) ? record.Upload?.FileName : null;
        return new VideoView(record.VideoId, owner, record.CreatedAt, job, notice, playback, post, fileName);
    }
}
