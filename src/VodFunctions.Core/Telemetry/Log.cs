using Microsoft.Extensions.Logging;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Telemetry;

/// <summary>The log messages of Core; event ids 1000 to 1999.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Debug, "{VideoId}: progress was not pushed ({Reason}).")]
    public static partial void ProgressDropped(ILogger logger, VideoId videoId, string reason);

    [LoggerMessage(1002, LogLevel.Warning, "{VideoId}: its orchestration is gone; it is started anew, and a job that had not ended ends in INTERNAL.")]
    public static partial void JobLost(ILogger logger, VideoId videoId);

    [LoggerMessage(1003, LogLevel.Information, "{VideoId}: its ticket was never used and is forgotten.")]
    public static partial void TicketExpired(ILogger logger, VideoId videoId);

    [LoggerMessage(1004, LogLevel.Information, "{VideoId}: its upload is removed, its time is over.")]
    public static partial void UploadExpired(ILogger logger, VideoId videoId);

    [LoggerMessage(1006, LogLevel.Information, "{VideoId}: attempt {Attempt} ended {Status}.")]
    public static partial void JobEnded(ILogger logger, VideoId videoId, int attempt, JobStatus status);

    [LoggerMessage(1007, LogLevel.Warning, "{VideoId}: attempt {Attempt} ended in {Code}: {Detail}")]
    public static partial void JobFailed(
        ILogger logger, VideoId videoId, int attempt, JobErrorCode code, string? detail);

    [LoggerMessage(1008, LogLevel.Warning, "{VideoId}: bytes that were sent under no ticket, or more than it allows, are dropped.")]
    public static partial void BlocksDropped(ILogger logger, VideoId videoId);

    [LoggerMessage(1005, LogLevel.Error, "{VideoId}: the sweep failed on it and tries again.")]
    public static partial void SweepFailed(ILogger logger, Exception exception, VideoId videoId);
}
