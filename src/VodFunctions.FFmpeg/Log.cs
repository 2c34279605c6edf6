using Microsoft.Extensions.Logging;
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
}
