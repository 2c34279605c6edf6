using VodFunctions.BlobStorage.Documents;
using VodFunctions.BlobStorage.Listing;
using VodFunctions.Core.Json;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage.Videos;

/// <summary><c>videos/{videoId}.json</c>, and an index <c>owners/{ownerHash}/...</c> that is listed newest first.</summary>
internal sealed class BlobVideoRecords(StateDocuments documents, NewestFirstIndex index) : IVideoRecords
{
    public async Task CreateAsync(VideoRecord record, CancellationToken cancellationToken)
    {
        // The entry first: one without its record is skipped when listing, a record without entry would never be found.
        string entry = EntryName(record);
        await documents.PutAsync(entry, new OwnerEntry(record.VideoId), cancellationToken);
        if (await documents.TryCreateAsync(RecordName(record.VideoId), record, metadata: null, cancellationToken))
        {
            return;
        }

        VideoRecord? taken = await FindAsync(record.VideoId, cancellationToken);
        if (taken is not null && VodJson.Serialize(taken) == VodJson.Serialize(record))
        {
            // It is this very record: the answer to the first try was lost, and the client tried again.
            return;
        }

        if (taken is null || EntryName(taken) != entry)
        {
            await documents.RemoveAsync(entry, cancellationToken);
        }

        throw new InvalidOperationException($"{record.VideoId}: the id is taken.");
    }

    public async Task<VideoRecord?> FindAsync(VideoId videoId, CancellationToken cancellationToken) =>
        (await documents.FindAsync<VideoRecord>(RecordName(videoId), cancellationToken))?.Value;

    public Task<VideoRecord?> UpdateAsync(
        VideoId videoId, Func<VideoRecord, VideoRecord> change, CancellationToken cancellationToken) =>
        documents.UpdateAsync<VideoRecord>(
            RecordName(videoId), record => record is null ? null : change(record), cancellationToken);

    public Task<Page<VideoRecord>> ListByOwnerAsync(
        UserId owner, string? cursor, int limit, CancellationToken cancellationToken) =>
        index.ListAsync(
            Prefix(owner), cursor, limit, (entry, token) => FindOwnedAsync(owner, entry, token), cancellationToken);

    public Task RemoveFromOwnerIndexAsync(VideoRecord record, CancellationToken cancellationToken) =>
        documents.RemoveAsync(EntryName(record), cancellationToken);

    public Task RemoveAsync(VideoId videoId, CancellationToken cancellationToken) =>
        documents.RemoveAsync(RecordName(videoId), cancellationToken);

    private async Task<VideoRecord?> FindOwnedAsync(UserId owner, IndexEntry entry, CancellationToken cancellationToken)
    {
        VideoRecord? record = VideoId.TryParse(entry.Id, out VideoId videoId)
            ? await FindAsync(videoId, cancellationToken)
            : null;
        return record is { IsDeleted: false } && record.Owner == owner ? record : null;
    }

    private static string RecordName(VideoId videoId) => $"videos/{videoId}.json";

    private static string Prefix(UserId owner) => $"owners/{owner.ToPathSegment()}/";

    private static string EntryName(VideoRecord record) =>
        IndexEntry.NameOf(Prefix(record.Owner), record.CreatedAt, record.VideoId.ToString());

    private sealed record OwnerEntry(VideoId VideoId);
}
