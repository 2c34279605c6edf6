using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using VodFunctions.BlobStorage.Containers;

namespace VodFunctions.Local.Tests.EndToEnd.Harness;

/// <summary>What is in a storage account, seen with its key.</summary>
internal sealed class StoredBlobs
{
    private readonly BlobServiceClient _service;
    private readonly VodContainers _containers;

    public StoredBlobs(string connectionString)
    {
        _service = new BlobServiceClient(connectionString);
        _containers = new VodContainers(_service);
    }

    /// <summary>Container and name of every blob that names a video, blobs of nothing but staged blocks included.</summary>
    public async Task<IReadOnlyList<string>> OfVideoAsync(string videoId) =>
        [.. (await NamesAsync()).Where(name => name.Contains(videoId, StringComparison.Ordinal))];

    /// <summary>Container and name of every blob, blobs of nothing but staged blocks included.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync()
    {
        List<string> found = [];
        foreach (BlobContainerClient container in new[] { _containers.Uploads, _containers.Media, _containers.State })
        {
            await foreach (BlobItem blob in container.GetBlobsAsync(
                new GetBlobsOptions { States = BlobStates.Uncommitted | BlobStates.Snapshots | BlobStates.Version }))
            {
                found.Add($"{container.Name}/{blob.Name}");
            }
        }

        return found;
    }

    /// <summary>What a blob holds.</summary>
    /// <param name="name">Container and name, as <see cref="NamesAsync"/> gives it.</param>
    /// <returns>Null where it is gone, or nothing but staged blocks.</returns>
    public async Task<byte[]?> ReadAsync(string name)
    {
        string[] parts = name.Split('/', 2);
        try
        {
            return (await _service.GetBlobContainerClient(parts[0]).GetBlobClient(parts[1]).DownloadContentAsync()).Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
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
