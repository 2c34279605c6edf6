using Azure.Storage;
using Azure.Storage.Blobs.Models;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.BlobStorage.Documents;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage.Publishing;

/// <summary>The <c>media</c> container. A file appears when its last byte is stored, never before.</summary>
internal sealed class BlobMediaStore(VodContainers containers) : IMediaStore
{
    // Two blocks in memory at a time; a file that can seek and is not larger than 8 MiB goes in one request, unbuffered.
    private static readonly StorageTransferOptions s_transfer = new()
    {
        InitialTransferSize = 8 << 20,
        MaximumTransferSize = 4 << 20,
        MaximumConcurrency = 2,
    };

    public Task PutAsync(JobId job, string path, Stream content, CancellationToken cancellationToken)
    {
        string name = PrefixDeletion.Folder(job.VideoId, job.Attempt) + BlobPath.Check(path);
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders
            {
                ContentType = MediaFiles.ContentType(path),
                CacheControl = MediaFiles.CacheControl(path),
            },
            TransferOptions = s_transfer,
        };
        return containers.Media.GetBlobClient(name).UploadAsync(content, options, cancellationToken);
    }

    public Task<int> DeleteAsync(VideoId videoId, int? attempt, CancellationToken cancellationToken) =>
        PrefixDeletion.DeleteAsync(containers.Media, PrefixDeletion.Folder(videoId, attempt), cancellationToken);
}
