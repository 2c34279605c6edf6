using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>Logs at the host's start how well FFmpeg is isolated, and stops a start below what is required.</summary>
/// <param name="sandbox">Knows.</param>
/// <param name="logger">Hears of it.</param>
internal sealed class SandboxStart(MediaSandbox sandbox, ILogger<SandboxStart> logger) : IHostedService
{
    /// <exception cref="IsolationException">It is below <c>Vod:Transcoding:RequireIsolation</c>.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            SandboxPlan plan = await sandbox.GetAsync(cancellationToken).ConfigureAwait(false);
            LogLevel level = plan.Level == IsolationLevel.Full ? LogLevel.Information : LogLevel.Warning;
            Log.SandboxFound(logger, level, plan.Description);
        }
        catch (Exception failure) when (failure is (MediaToolException or IOException or PlatformNotSupportedException) and not IsolationException)
        {
            // It may be installed while the host runs: whoever needs it then looks again.
            Log.SandboxMissing(logger, failure.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
