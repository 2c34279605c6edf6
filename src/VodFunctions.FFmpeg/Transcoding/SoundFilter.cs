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
    public static string Build(TimeGrid grid) => Text(
        $"aresample={SoundGrid.SampleRate}:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo,apad,")
        + Text($"atrim=end_sample={SoundGrid.FrameCount(grid) * AdtsHeader.SamplesPerFrame}");

    /// <summary>AAC-LC.</summary>
    public static IReadOnlyList<string> Encoder(Core.Media.Bitrate bitrate) =>
        ["-c:a", "aac", "-profile:a", "aac_low", "-b:a", Text(bitrate.BitsPerSecond)];
}
