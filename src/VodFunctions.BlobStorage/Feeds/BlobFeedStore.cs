using VodFunctions.BlobStorage.Documents;
using VodFunctions.BlobStorage.Listing;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage.Feeds;

/// <summary><c>feeds/{newestFirstKey}-{feedId}.json</c>: whole entries, so that a page is one listing and its reads.</summary>
internal sealed class BlobFeedStore(StateDocuments documents, NewestFirstIndex index) : IFeedStore
{
    private const string Prefix = "feeds/";

    public Task PutAsync(FeedEntry entry, CancellationToken cancellationToken) =>
        documents.PutAsync(Name(entry.FeedId, entry.SubmittedAt), entry, cancellationToken);

    public Task RemoveAsync(FeedId feedId, DateTimeOffset submittedAt, CancellationToken cancellationToken) =>
        documents.RemoveAsync(Name(feedId, submittedAt), cancellationToken);

    public Task<Page<FeedEntry>> ListAsync(string? cursor, int limit, CancellationToken cancellationToken) =>
        index.ListAsync(
            Prefix, cursor, limit,
            async (entry, token) => (await documents.FindAsync<FeedEntry>(entry.Name, token))?.Value,
            cancellationToken);

    private static string Name(FeedId feedId, DateTimeOffset submittedAt) =>
        IndexEntry.NameOf(Prefix, submittedAt, feedId.ToString());
}
