using VodFunctions.Core.Settings;
using VodFunctions.Core.Transcoding;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>How long a run may take.</summary>
internal static class RunLimits
{
    /// <summary>A multiple of what plays, and never less than the minimum.</summary>
    public static TimeSpan WallTime(TranscodingOptions options, TimeGrid grid)
    {
        var byDuration = TimeSpan.FromSeconds(options.WallTimeFactor * grid.DurationSeconds);
        return byDuration > options.MinWallTime ? byDuration : options.MinWallTime;
    }
}
