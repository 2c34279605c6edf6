using VodFunctions.Core.Feeds;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Uploads;

namespace VodFunctions.Core.Videos;

/// <summary>
/// Deletes a video at any stage of its life. The tombstone comes first, so that nothing new can start; then what runs is
/// ended and what is stored removed. The marker, set before all, has the sweep finish what a kill left and remove what
/// late activities still wrote.
/// </summary>
public sealed class VideoDeletion(
    IVideoRecords records, IUploadStore uploads, IMediaStore media, IWorkStore work, IFeedStore feed, INoticeIndex notices,
    IMarkers markers, ISourceCache sources, IMediaCachePurge cache, IOrchestrationClient orchestrations, TimeProvider time)
{
    /// <summary>Deletes for the video's owner or an admin.</summary>
    /// <exception cref="ProblemException">Not there, deleted before, or not the caller's.</exception>
    public async Task DeleteAsync(Caller caller, VideoId videoId, CancellationToken cancellationToken)
    {
        VideoRecord? record = await records.FindAsync(videoId, cancellationToken);
        if (record is null || record.IsDeleted || (record.Owner != caller.User && !caller.IsAdmin))
        {
            throw ProblemException.NotFound();
        }

        await DeleteAsync(videoId, _ => true, caller: null, cancellationToken);
    }

    /// <summary>Deletes when the record, as it stands at that moment, meets a condition.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="condition">Pure.</param>
    /// <param name="caller">The orchestration that asks for it: ending that one would cancel the deletion itself.</param>
    /// <param name="cancellationToken">Cancels; the sweep finishes.</param>
    /// <returns>Whether it is deleted.</returns>
    public async Task<bool> DeleteAsync(
        VideoId videoId, Func<VideoRecord, bool> condition, JobId? caller, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await markers.SetAsync(new Marker(MarkerKind.Deletion, videoId, now), cancellationToken);
        VideoRecord? record = await records.UpdateAsync(
            videoId, found => !found.IsDeleted && condition(found) ? found.Delete(now) : found, cancellationToken);
        if (record is not { IsDeleted: true })
        {
            // The marker stays for the sweep to drop: another deletion of this video may just have set it, too.
            return false;
        }

        for (int attempt = 1; attempt <= Math.Max(1, record.Deletion!.LastAttempt); attempt++)
        {
            var job = new JobId(videoId, attempt);
            if (job != caller)
            {
                await orchestrations.TerminateAsync(job.ToString(), "The video was deleted.", cancellationToken);
            }
        }

        await CleanAsync(record, cancellationToken);
        return true;
    }

    /// <summary>Removes everything that is stored of a tombstone's video. Twice is fine.</summary>
    public async Task CleanAsync(VideoRecord tombstone, CancellationToken cancellationToken)
    {
        VideoId videoId = tombstone.VideoId;
        Deletion deletion = tombstone.Deletion ?? throw new ArgumentException("Not a tombstone.", nameof(tombstone));
        if (deletion is { FeedId: { } feedId, PostedAt: { } postedAt })
        {
            await feed.RemoveAsync(feedId, postedAt, cancellationToken);
        }

        int files = await media.DeleteAsync(videoId, attempt: null, cancellationToken);
        if (files > 0)
        {
            await cache.PurgeAsync(videoId, cancellationToken);
        }

        await uploads.DeleteAsync(videoId, cancellationToken);
        sources.Forget(videoId);
        await work.DeleteAsync(videoId, attempt: null, cancellationToken);
        await records.RemoveFromOwnerIndexAsync(tombstone, cancellationToken);
        await markers.RemoveAsync(MarkerKind.Ticket, videoId, cancellationToken);
        await markers.RemoveAsync(MarkerKind.Job, videoId, cancellationToken);
        if (deletion.NoticeDueAt is { } dueAt)
        {
            await notices.RemoveAsync(
                tombstone.Owner, new JobId(videoId, deletion.LastAttempt), dueAt, cancellationToken);
        }
    }

    /// <summary>
    /// Ends a deletion of which nothing is left to clean: from then on nothing says whose the video was. Twice is fine.
    /// </summary>
    public async Task ForgetAsync(VideoRecord tombstone, CancellationToken cancellationToken)
    {
        for (int attempt = 1; attempt <= tombstone.Deletion?.LastAttempt; attempt++)
        {
            await orchestrations.PurgeAsync(new JobId(tombstone.VideoId, attempt).ToString(), cancellationToken);
        }

        await records.UpdateAsync(tombstone.VideoId, found => found.Forget(), cancellationToken);
    }
}
