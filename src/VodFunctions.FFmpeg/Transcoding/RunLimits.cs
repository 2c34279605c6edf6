using VodFunctions.Core.Ladder;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Transcoding;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>What a run may take.</summary>
/// <param name="MaxPixels">Of one picture.</param>
/// <param name="WallTime">A multiple of what plays, and never less than the minimum.</param>
/// <param name="CpuTime">By the pixels to work on; see ADR 23.</param>
internal sealed record RunLimits(long MaxPixels, TimeSpan WallTime, TimeSpan CpuTime)
{
    private static readonly TimeSpan s_leastCpuTime = TimeSpan.FromMinutes(10);

    /// <summary>The limits of a run.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="facts">What is read.</param>
    /// <param name="grid">How long it plays.</param>
    /// <param name="renditions">What is made of it; none for sound and stills.</param>
    public static RunLimits Of(VodOptions options, SourceFacts facts, TimeGrid grid, params IReadOnlyList<Rendition> renditions)
    {
        TranscodingOptions transcoding = options.Transcoding;
        var byDuration = TimeSpan.FromSeconds(transcoding.WallTimeFactor * grid.DurationSeconds);
        double pixels = (double)WorkSize.DecodedPixels(facts) + WorkSize.EncodedPixels(grid, renditions);
        return new(
            WorkSize.MaxPicturePixels(facts, options.Limits.MaxWorkPixels, options.Limits.MaxPixels),
            byDuration > transcoding.MinWallTime ? byDuration : transcoding.MinWallTime,
            s_leastCpuTime + TimeSpan.FromSeconds(pixels * transcoding.CpuNanosecondsPerPixel / 1e9));
    }
}
