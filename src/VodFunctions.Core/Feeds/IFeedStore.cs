using VodFunctions.Core.Publishing;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Feeds;

/// <summary>A post as the feed shows it: only playable ones are ever stored.</summary>
/// <param name="FeedId">The post.</param>
/// <param name="VideoId">Its video.</param>
/// <param name="Owner">Who wrote it.</param>
/// <param name="Text">Plain text.</param>
/// <param name="SubmittedAt">Orders the feed, newest first.</param>
/// <param name="Video">What viewers play.</param>
public sealed record FeedEntry(
    FeedId FeedId, VideoId VideoId, UserId Owner, string Text, DateTimeOffset SubmittedAt, PublishedVideo Video)
{
    /// <summary>What its author was called then; null when the token did not say.</summary>
    public string? Author { get; init; }
}

/// <summary>The feed: documents named so that a plain listing is newest first.</summary>
public interface IFeedStore
{
    /// <summary>Stores or replaces an entry.</summary>
    Task PutAsync(FeedEntry entry, CancellationToken cancellationToken);

    /// <summary>Removes an entry. Twice is fine.</summary>
    Task RemoveAsync(FeedId feedId, DateTimeOffset submittedAt, CancellationToken cancellationToken);

    /// <summary>A page, newest first.</summary>
    /// <param name="cursor">From the page before; null for the first. An unreadable one throws <see cref="FormatException"/>.</param>
    /// <param name="limit">At most that many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Page<FeedEntry>> ListAsync(string? cursor, int limit, CancellationToken cancellationToken);
}
