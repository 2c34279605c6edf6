using Microsoft.Extensions.Hosting;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.Core.Health;

namespace VodFunctions.Hosting;

/// <summary>Sets up containers and CORS at start where <c>Vod:Storage:Initialize</c> says so: on the storage emulator.</summary>
internal sealed class StoragePreparation(StorageInitializer storage) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => storage.InitializeAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Whether the storage answers. FFmpeg is the media app's matter, which has no HTTP.</summary>
internal sealed class StorageReadiness(StorageHealth storage) : IReadinessCheck
{
    public string Name => "storage";

    public Task<string?> CheckAsync(CancellationToken cancellationToken) => storage.CheckAsync(cancellationToken);
}
