using Microsoft.Extensions.Logging;
using VodFunctions.Core.Media;
using VodFunctions.Core.Videos;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg;

/// <summary>What this project logs. Event ids: processes 2000, probing 2100, sources 2200, transcoding 2300.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Debug, "{Tool} ended: {End}, code {ExitCode}, after {Seconds:F2} s")]
    public static partial void RunEnded(
        ILogger logger, MediaTool tool, MediaProcessEnd end, int exitCode, double seconds);

    [LoggerMessage(2001, LogLevel.Debug, "{Tool} was cancelled; its processes are gone")]
    public static partial void RunCancelled(ILogger logger, MediaTool tool);

    [LoggerMessage(EventId = 2002, Message = "{Description}")]
    public static partial void SandboxFound(ILogger logger, LogLevel level, string description);

    [LoggerMessage(2003, LogLevel.Warning, "Videos cannot be processed yet: {Reason}")]
    public static partial void SandboxMissing(ILogger logger, string reason);

    [LoggerMessage(
        2100, LogLevel.Information,
        "A source is accepted: {Demuxer}, {VideoCodec} {ShownSize} at {FrameRate}, {DurationSeconds:F3} s, sound in stream {AudioStream}")]
    public static partial void ProbeAccepted(
        ILogger logger, string demuxer, string videoCodec, PixelSize shownSize, FrameRate frameRate, double durationSeconds,
        int? audioStream);

    [LoggerMessage(2101, LogLevel.Information, "A source is refused: {Code}, {Detail}")]
    public static partial void ProbeRefused(ILogger logger, JobErrorCode code, string? detail);

    [LoggerMessage(2200, LogLevel.Information, "{VideoId}: downloaded {Bytes} bytes in {Seconds:F2} s")]
    public static partial void SourceDownloaded(ILogger logger, VideoId videoId, long bytes, double seconds);

    [LoggerMessage(2201, LogLevel.Warning, "{VideoId}: not downloaded: {Failure}")]
    public static partial void SourceNotDownloaded(ILogger logger, VideoId videoId, string failure);

    [LoggerMessage(2202, LogLevel.Warning, "Local copies that nobody uses could not be removed: {Failure}")]
    public static partial void CopiesNotDropped(ILogger logger, string failure);
}
