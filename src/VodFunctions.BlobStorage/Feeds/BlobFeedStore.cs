using VodFunctions.BlobStorage.Documents;
using VodFunctions.BlobStorage.Listing;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage.Feeds;

/// <summary><c>feeds/{newestFirstKey}-{feedId}.json</c>: whole entries, so that a page is one listing and the reads of what is new.</summary>
internal sealed class BlobFeedStore(StateDocuments documents, NewestFirstIndex index, FeedMemory memory) : IFeedStore
{
    private const string Prefix = "feeds/";

    public async Task PutAsync(FeedEntry entry, CancellationToken cancellationToken)
    {
        await documents.PutAsync(Name(entry.FeedId, entry.SubmittedAt), entry, cancellationToken);
        memory.ForgetPages();
    }

    public async Task RemoveAsync(FeedId feedId, DateTimeOffset submittedAt, CancellationToken cancellationToken)
    {
        await documents.RemoveAsync(Name(feedId, submittedAt), cancellationToken);
        memory.ForgetPages();
    }

    public Task<Page<FeedEntry>> ListAsync(string? cursor, int limit, CancellationToken cancellationToken) =>
        memory.PageAsync(
            cursor, limit,
            token => index.ListAsync(
                Prefix, cursor, limit,
                (entry, inner) => memory.EntryAsync(
                    entry, async () => (await documents.FindAsync<FeedEntry>(entry.Name, inner))?.Value),
                token),
            cancellationToken);

    private static string Name(FeedId feedId, DateTimeOffset submittedAt) =>
        IndexEntry.NameOf(Prefix, submittedAt, feedId.ToString());
}
