using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.Local.Uploads;

/// <summary>
/// What the blob trigger is in Azure: looks at <c>uploads/</c> twice a second and hands over what is new. Every upload is
/// handed over again after a restart; <see cref="UploadArrivals"/> starts each once.
/// </summary>
public sealed class BlobWatcher(
    IUploadStore uploads, UploadArrivals arrivals, TimeProvider time, ILogger<BlobWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    private Dictionary<VideoId, string> _handled = [];

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        bool reachable = true;
        do
        {
            try
            {
                await LookAsync(stoppingToken);
                reachable = true;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (reachable)
                {
                    WatcherLog.Unreachable(logger, exception);
                }

                reachable = false;
            }
        }
        while (await TickAsync(timer, stoppingToken));
    }

    private static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var present = new Dictionary<VideoId, string>();
        await foreach (StoredUpload upload in uploads.ListAsync(cancellationToken))
        {
            if (_handled.TryGetValue(upload.VideoId, out string? etag) && etag == upload.ETag)
            {
                present[upload.VideoId] = etag;
            }
            else if (await TryHandleAsync(upload, cancellationToken))
            {
                present[upload.VideoId] = upload.ETag;
            }
        }

        _handled = present;
    }

    private async Task<bool> TryHandleAsync(StoredUpload upload, CancellationToken cancellationToken)
    {
        try
        {
            ArrivalOutcome outcome = await arrivals.HandleAsync(
                upload.VideoId, upload.ETag, upload.SizeBytes, cancellationToken);
            WatcherLog.Arrived(logger, upload.VideoId, outcome);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            WatcherLog.Failed(logger, exception, upload.VideoId);
            return false;
        }
    }
}

/// <summary>The watcher's log messages; event ids 5300 to 5399.</summary>
internal static partial class WatcherLog
{
    [LoggerMessage(5301, LogLevel.Information, "{VideoId}: an upload arrived, {Outcome}.")]
    public static partial void Arrived(ILogger logger, VideoId videoId, ArrivalOutcome outcome);

    [LoggerMessage(5302, LogLevel.Error, "{VideoId}: its upload could not be handed over and is tried again.")]
    public static partial void Failed(ILogger logger, Exception exception, VideoId videoId);

    [LoggerMessage(5303, LogLevel.Warning, "The uploads cannot be listed; trying again.")]
    public static partial void Unreachable(ILogger logger, Exception exception);
}
