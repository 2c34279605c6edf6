using Azure.Storage.Blobs;

namespace VodFunctions.BlobStorage.Containers;

/// <summary>The three containers of the system. None of them is public.</summary>
/// <param name="service">The account.</param>
public sealed class VodContainers(BlobServiceClient service)
{
    /// <summary>The name of <see cref="Uploads"/>.</summary>
    public const string UploadsName = "uploads";

    /// <summary>The name of <see cref="Media"/>.</summary>
    public const string MediaName = "media";

    /// <summary>The name of <see cref="State"/>.</summary>
    public const string StateName = "state";

    /// <summary>The account.</summary>
    public BlobServiceClient Service { get; } = service;

    /// <summary>What browsers upload: <c>{videoId}/source</c>.</summary>
    public BlobContainerClient Uploads { get; } = service.GetBlobContainerClient(UploadsName);

    /// <summary>What viewers fetch: <c>{videoId}/{attempt}/...</c>.</summary>
    public BlobContainerClient Media { get; } = service.GetBlobContainerClient(MediaName);

    /// <summary>Records, indexes, markers and measurements, as JSON documents.</summary>
    public BlobContainerClient State { get; } = service.GetBlobContainerClient(StateName);

    internal IReadOnlyList<BlobContainerClient> All => [Uploads, Media, State];
}
