using System.Diagnostics;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Feeds;

/// <summary>What came of "submit".</summary>
/// <param name="FeedId">The post.</param>
/// <param name="IsNew">False when the same post had been submitted before.</param>
public sealed record SubmittedFeed(FeedId FeedId, bool IsNew);

/// <summary>A post as the API shows it.</summary>
/// <param name="FeedId">The post.</param>
/// <param name="VideoId">Its video.</param>
/// <param name="Owner">What its author is called: see <see cref="PublicName"/>.</param>
/// <param name="Text">Plain text, never markup.</param>
/// <param name="SubmittedAt">When "submit" was pressed.</param>
/// <param name="Playback">What to play.</param>
public sealed record FeedView(
    FeedId FeedId, VideoId VideoId, string Owner, string Text, DateTimeOffset SubmittedAt, PlaybackView Playback);

/// <summary>Takes posts and shows the playable ones.</summary>
public sealed class Feed(
    IVideoRecords records, IFeedStore feed, IOrchestrationClient orchestrations, IIdGenerator ids, PublicNames names,
    TimeProvider time, IOptions<VodOptions> options)
{
    /// <summary>The longest text, in UTF-16 units.</summary>
    public const int MaxTextLength = 5000;

    /// <summary>The largest page.</summary>
    public const int MaxPageSize = 50;

    private const int DefaultPageSize = 20;

    /// <summary>"Submit" was pressed: before, during or after the transcode. The same again gives the same post.</summary>
    /// <exception cref="ProblemException">Unusable text, not the caller's video, another post exists, or its time is over.</exception>
    public async Task<SubmittedFeed> SubmitAsync(
        Caller caller, VideoId videoId, string? text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxTextLength)
        {
            throw new ProblemException(ProblemCode.InvalidRequest, $"text must have 1 to {MaxTextLength} characters.");
        }

        VideoRecord? record = await records.FindAsync(videoId, cancellationToken);
        if (record is null || record.IsDeleted || record.Owner != caller.User)
        {
            throw ProblemException.NotFound();
        }

        using Activity? span = VodTelemetry.Start("post submitted", videoId);
        var post = new SubmittedPost(ids.NewFeedId(), text, time.GetUtcNow()) { Author = caller.Name };
        record = await StoreAsync(videoId, post, cancellationToken);
        // Stored before it is raised; raised again on a repeated call, so that a lost event can be mended by the client.
        if (record.Job is not null)
        {
            await orchestrations.RaiseEventAsync(
                new JobId(videoId, record.Job.Attempt).ToString(), ProcessVideoNames.FeedSubmitted, cancellationToken);
        }

        return new SubmittedFeed(record.Post!.FeedId, IsNew: record.Post.FeedId == post.FeedId);
    }

    /// <summary>The playable posts, newest first.</summary>
    /// <exception cref="ProblemException">An unreadable cursor, or a limit outside 1 to 50.</exception>
    public async Task<Page<FeedView>> ListAsync(string? cursor, int? limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxPageSize)
        {
            throw new ProblemException(ProblemCode.InvalidRequest, $"limit must be 1 to {MaxPageSize}.");
        }

        Page<FeedEntry> page = await Cursors.ReadAsync(
            () => feed.ListAsync(cursor, limit ?? DefaultPageSize, cancellationToken));
        var shown = new List<FeedView>(page.Items.Count);
        foreach (FeedEntry entry in page.Items)
        {
            string owner = await names.OfAsync(entry.Owner, entry.Author, cancellationToken);
            shown.Add(new FeedView(
                entry.FeedId, entry.VideoId, owner, entry.Text, entry.SubmittedAt,
                PlaybackView.From(entry.Video, options.Value.PlaybackOrigin)));
        }

        return new Page<FeedView>(shown, page.Cursor);
    }

    private async Task<VideoRecord> StoreAsync(VideoId videoId, SubmittedPost post, CancellationToken cancellationToken)
    {
        try
        {
            return await records.UpdateAsync(videoId, found => found.SubmitPost(post), cancellationToken)
                ?? throw ProblemException.NotFound();
        }
        catch (IllegalTransitionException)
        {
            VideoRecord? found = await records.FindAsync(videoId, cancellationToken);
            throw found switch
            {
                null or { IsDeleted: true } => ProblemException.NotFound(),
                { Post: not null } => new ProblemException(ProblemCode.PostExists, "This video has another post."),
                _ => new ProblemException(ProblemCode.PostExpired, "The time to submit this post is over."),
            };
        }
    }
}
