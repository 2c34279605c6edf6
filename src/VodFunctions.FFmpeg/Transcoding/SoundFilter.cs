using VodFunctions.Core.Containers;
using VodFunctions.Core.Transcoding;
using static VodFunctions.FFmpeg.Transcoding.InputArguments;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>The filter chain that brings any sound to 48 kHz stereo, in step with the picture and as long as it.</summary>
internal static class SoundFilter
{
    /// <summary>
    /// Gaps and a late start are filled with silence and overlaps cut (async, first_pts), the end is filled and cut at a
    /// whole AAC frame.
    /// </summary>
    /// <param name="grid">The picture's.</param>
    /// <param name="fillStart">Off for sound that changes its format on the way: see <see cref="BeganAgain"/>.</param>
    public static string Build(TimeGrid grid, bool fillStart = true) =>
        Text($"aresample={SoundGrid.SampleRate}:async=1{(fillStart ? ":first_pts=0" : "")},")
        + "aformat=sample_fmts=fltp:channel_layouts=stereo,apad,"
        + Text($"atrim=end_sample={SoundGrid.FrameCount(grid) * AdtsHeader.SamplesPerFrame}");

    /// <summary>
    /// Whether a run's warnings say that the sound changed its layout or rate on the way (broadcasts do): ffmpeg then builds
    /// the graph anew, which fills in silence from time 0 a second time, and everything after it is late.
    /// </summary>
    public static bool BeganAgain(string warnings) =>
        warnings.Contains("non monotonically increasing dts", StringComparison.Ordinal)
        || warnings.Contains("backward in time", StringComparison.Ordinal);

    /// <summary>AAC-LC.</summary>
    public static IReadOnlyList<string> Encoder(Core.Media.Bitrate bitrate) =>
        ["-c:a", "aac", "-profile:a", "aac_low", "-b:a", Text(bitrate.BitsPerSecond)];
}
