using Microsoft.Extensions.Hosting;
using VodFunctions.FFmpeg.Transcoding;

namespace VodFunctions.Hosting;

/// <summary>Removes at start what killed processes left in the work folder, before it fills the disk.</summary>
internal sealed class WorkFolderPreparation(WorkFolderLeftovers leftovers) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        leftovers.Remove();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
