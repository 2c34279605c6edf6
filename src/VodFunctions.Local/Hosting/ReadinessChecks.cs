using VodFunctions.BlobStorage.Containers;
using VodFunctions.Core.Health;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.Local.Hosting;

/// <summary>Whether the storage answers.</summary>
internal sealed class StorageReadiness(StorageHealth storage) : IReadinessCheck
{
    public string Name => "storage";

    public Task<string?> CheckAsync(CancellationToken cancellationToken) => storage.CheckAsync(cancellationToken);
}

/// <summary>Whether FFmpeg can work.</summary>
internal sealed class MediaToolsReadiness(MediaTools tools) : IReadinessCheck
{
    public string Name => "ffmpeg";

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        MediaToolsStatus status = await tools.CheckAsync(cancellationToken);
        return status.Ready ? null : status.Message;
    }
}
