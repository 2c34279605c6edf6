using VodFunctions.Core.Feeds;
using VodFunctions.Core.Videos;

namespace VodFunctions.Testing.InMemory;

/// <summary>The feed, newest first.</summary>
public sealed class InMemoryFeedStore : IFeedStore
{
    private readonly NewestFirst<FeedEntry> _entries = new();

    /// <summary>All entries, newest first.</summary>
    public IReadOnlyList<FeedEntry> All => _entries.List(null, int.MaxValue - 1).Items;

    public Task PutAsync(FeedEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _entries.Put(entry.SubmittedAt, entry.FeedId.ToString(), entry);
        return Task.CompletedTask;
    }

    public Task RemoveAsync(FeedId feedId, DateTimeOffset submittedAt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _entries.Remove(submittedAt, feedId.ToString());
        return Task.CompletedTask;
    }

    public Task<Page<FeedEntry>> ListAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_entries.List(cursor, limit));
    }
}
