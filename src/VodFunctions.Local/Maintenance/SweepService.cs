using Microsoft.Extensions.Options;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Settings;

namespace VodFunctions.Local.Maintenance;

/// <summary>Runs the sweep at start and then by its interval: what a timer trigger does in Azure.</summary>
public sealed partial class SweepService(
    Sweep sweep, IOptions<VodOptions> options, TimeProvider time, ILogger<SweepService> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await sweep.RunAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                SweepFailed(logger, exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                await Task.Delay(options.Value.Retention.SweepEvery, time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(5401, LogLevel.Warning, "The sweep could not run to its end; it runs again.")]
    private static partial void SweepFailed(ILogger logger, Exception exception);
}
