using Microsoft.Extensions.Logging;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage;

/// <summary>
/// All log messages of this project. Event ids: 3000 set-up, 3100 uploads, 3200 records. No URL is ever logged.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "The storage is ready; {Origins} origins may upload")]
    public static partial void StorageReady(ILogger logger, int origins);

    [LoggerMessage(3001, LogLevel.Information, "The storage does not answer yet ({Error}); trying again")]
    public static partial void StorageNotThere(ILogger logger, string error);

    [LoggerMessage(3100, LogLevel.Warning, "{VideoId}: the download broke at byte {Offset} ({Error}); going on from there")]
    public static partial void DownloadBroke(ILogger logger, VideoId videoId, long offset, string error);

    [LoggerMessage(3101, LogLevel.Warning, "{VideoId}: a lease on the upload was broken to delete it")]
    public static partial void LeaseBroken(ILogger logger, VideoId videoId);

    [LoggerMessage(3103, LogLevel.Warning, "{VideoId}: a pending copy onto the upload was aborted to delete it")]
    public static partial void CopyAborted(ILogger logger, VideoId videoId);

    [LoggerMessage(3102, LogLevel.Information, "A user delegation key was fetched; it is good until {Expiry}")]
    public static partial void DelegationKeyFetched(ILogger logger, DateTimeOffset expiry);

    [LoggerMessage(3200, LogLevel.Debug, "{Name}: changed by somebody else meanwhile; try {Try}")]
    public static partial void LostRace(ILogger logger, string name, int @try);
}
