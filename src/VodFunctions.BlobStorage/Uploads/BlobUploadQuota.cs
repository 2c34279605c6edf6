using System.Globalization;
using Azure.Storage.Blobs.Models;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.BlobStorage.Documents;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage.Uploads;

/// <summary>
/// <c>quotas/{ownerHash}/{day}.json</c>, a counter that is replaced under its ETag. When an answer is lost on the way the
/// retry may count a ticket twice, but never one too few.
/// </summary>
internal sealed class BlobUploadQuota(VodContainers containers, StateDocuments documents) : IUploadQuota
{
    private const string Prefix = "quotas/";

    public async Task<bool> TryTakeAsync(UserId owner, DateOnly day, int limit, CancellationToken cancellationToken)
    {
        bool taken = false;
        await documents.UpdateAsync<Counter>(
            NameOf(owner, day),
            counter =>
            {
                int before = counter?.Taken ?? 0;
                taken = before < limit;
                return taken ? new Counter(before + 1) : counter;
            },
            cancellationToken);
        return taken;
    }

    public async Task<int> CountAsync(UserId owner, DateOnly day, CancellationToken cancellationToken) =>
        (await documents.FindAsync<Counter>(NameOf(owner, day), cancellationToken))?.Value.Taken ?? 0;

    private static string NameOf(UserId owner, DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{owner.ToPathSegment()}/{day:yyyy-MM-dd}.json");

    public async Task RemoveBeforeAsync(DateOnly day, CancellationToken cancellationToken)
    {
        await foreach (BlobItem item in containers.State.GetBlobsAsync(
            new GetBlobsOptions { Prefix = Prefix }, cancellationToken))
        {
            if (DayOf(item.Name) is not { } counted || counted < day)
            {
                await documents.RemoveAsync(item.Name, cancellationToken);
            }
        }
    }

    private static DateOnly? DayOf(string name) =>
        DateOnly.TryParseExact(
            Path.GetFileNameWithoutExtension(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day
            : null;

    private sealed record Counter(int Taken);
}
