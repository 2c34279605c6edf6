using VodFunctions.BlobStorage.Containers;
using VodFunctions.Core.Health;

namespace VodFunctions.Local.Hosting;

/// <summary>Whether the storage answers.</summary>
internal sealed class StorageReadiness(StorageHealth storage) : IReadinessCheck
{
    public string Name => "storage";

    public Task<string?> CheckAsync(CancellationToken cancellationToken) => storage.CheckAsync(cancellationToken);
}
