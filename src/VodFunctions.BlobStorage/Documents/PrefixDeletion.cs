using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage.Documents;

/// <summary>Removes everything below a prefix, a few blobs at a time.</summary>
internal static class PrefixDeletion
{
    private const int Parallelism = 8;

    /// <summary><c>{videoId}/</c>, or <c>{videoId}/{attempt}/</c>. The slash keeps attempt 1 apart from attempt 10.</summary>
    public static string Folder(VideoId videoId, int? attempt) => attempt is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"{videoId}/{number}/")
        : $"{videoId}/";

    /// <returns>How many blobs this call removed.</returns>
    public static async Task<int> DeleteAsync(
        BlobContainerClient container, string prefix, CancellationToken cancellationToken)
    {
        int removed = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken), parallel, async (blob, token) =>
            {
                if (await container.DeleteBlobIfExistsAsync(
                    blob.Name, DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: token))
                {
                    Interlocked.Increment(ref removed);
                }
            });
        return removed;
    }
}
