using Microsoft.Extensions.Logging;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Log messages of transcoding, events 2200 to 2299. Which video it is says the caller's scope.</summary>
internal static partial class TranscodingLog
{
    [LoggerMessage(2200, LogLevel.Information, "Made {Tracks} track(s) of {What} in {Seconds:F1} s")]
    public static partial void Made(ILogger logger, string what, int tracks, double seconds);

    [LoggerMessage(2201, LogLevel.Information, "No keyframe could be skimmed; the storyboard is made from all pictures")]
    public static partial void StoryboardFallback(ILogger logger);
}
