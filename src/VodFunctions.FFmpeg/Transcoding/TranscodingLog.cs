using Microsoft.Extensions.Logging;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Log messages of transcoding, events 2300 to 2399. Which video it is, the engine says: it logs the activity before and after.</summary>
internal static partial class TranscodingLog
{
    [LoggerMessage(2300, LogLevel.Information, "Made {Tracks} track(s) of {What} in {Seconds:F1} s")]
    public static partial void Made(ILogger logger, string what, int tracks, double seconds);

    [LoggerMessage(2301, LogLevel.Information, "No {What} was made: {Failure}")]
    public static partial void NoStill(ILogger logger, string what, string failure);

    [LoggerMessage(2302, LogLevel.Warning, "The sound cannot be decoded; silence is made instead: {Reason}")]
    public static partial void SoundIsSilence(ILogger logger, string reason);
}
