using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using VodFunctions.BlobStorage.Containers;

namespace VodFunctions.Local.Tests.EndToEnd.Harness;

/// <summary>What is in a storage account, seen with its key.</summary>
internal sealed class StoredBlobs(string connectionString)
{
    private readonly VodContainers _containers = new(new BlobServiceClient(connectionString));

    /// <summary>Container and name of every blob that names a video, blobs of nothing but staged blocks included.</summary>
    public async Task<IReadOnlyList<string>> OfVideoAsync(string videoId)
    {
        List<string> found = [];
        foreach (BlobContainerClient container in new[] { _containers.Uploads, _containers.Media, _containers.State })
        {
            await foreach (BlobItem blob in container.GetBlobsAsync(
                new GetBlobsOptions { States = BlobStates.Uncommitted | BlobStates.Snapshots | BlobStates.Version }))
            {
                if (blob.Name.Contains(videoId, StringComparison.Ordinal))
                {
                    found.Add($"{container.Name}/{blob.Name}");
                }
            }
        }

        return found;
    }

    /// <summary>The published files of an attempt, by their path below it, with a hash of what they hold.</summary>
    public async Task<SortedDictionary<string, string>> MediaAsync(string videoId, int attempt = 1)
    {
        string prefix = $"{videoId}/{attempt}/";
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (BlobItem blob in _containers.Media.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }))
        {
            BinaryData content = (await _containers.Media.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content;
            files.Add(blob.Name[prefix.Length..], Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(content)));
        }

        return files;
    }

    /// <summary>How many files of a video are published so far.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="ending">What their names end with.</param>
    public async Task<int> CountMediaAsync(string videoId, string ending = "")
    {
        int count = 0;
        await foreach (BlobItem blob in _containers.Media.GetBlobsAsync(new GetBlobsOptions { Prefix = $"{videoId}/" }))
        {
            count += blob.Name.EndsWith(ending, StringComparison.Ordinal) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The upload of a video.</summary>
    public BlockBlobClient Upload(string videoId) => _containers.Uploads.GetBlockBlobClient($"{videoId}/source");
}
