using VodFunctions.BlobStorage.Documents;
using VodFunctions.BlobStorage.Listing;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage.Notifications;

/// <summary><c>notices/{ownerHash}/{newestFirstKey}-{videoId}-{attempt}.json</c>: the names say all.</summary>
internal sealed class BlobNoticeIndex(StateDocuments documents, NewestFirstIndex index) : INoticeIndex
{
    public Task AddAsync(UserId owner, JobId notificationId, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        documents.PutAsync(Name(owner, notificationId, dueAt), new Notice(notificationId), cancellationToken);

    public Task RemoveAsync(
        UserId owner, JobId notificationId, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        documents.RemoveAsync(Name(owner, notificationId, dueAt), cancellationToken);

    public async Task<Page<JobId>> ListAsync(
        UserId owner, string? cursor, int limit, CancellationToken cancellationToken)
    {
        Page<Notice> page = await index.ListAsync(
            Prefix(owner), cursor, limit,
            (entry, _) => Task.FromResult(JobId.TryParse(entry.Id, null, out JobId id) ? new Notice(id) : null),
            cancellationToken);
        return new([.. page.Items.Select(notice => notice.NotificationId)], page.Cursor);
    }

    private static string Prefix(UserId owner) => $"notices/{owner.ToPathSegment()}/";

    private static string Name(UserId owner, JobId notificationId, DateTimeOffset dueAt) =>
        IndexEntry.NameOf(Prefix(owner), dueAt, notificationId.ToString());

    private sealed record Notice(JobId NotificationId);
}
