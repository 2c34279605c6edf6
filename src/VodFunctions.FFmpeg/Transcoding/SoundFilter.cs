using VodFunctions.Core.Containers;
using VodFunctions.Core.Media;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Transcoding;
using static VodFunctions.FFmpeg.Transcoding.InputArguments;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>The filter chains that bring any sound to 48 kHz stereo, in step with the picture and as long as it.</summary>
internal static class SoundFilter
{
    /// <summary>
    /// Any sound as 48 kHz stereo at the output's times. Nothing in it counts, so that it may be built anew at any sample.
    /// Damaged time stamps beyond the output's end would be filled up to.
    /// </summary>
    public static string Collect(SourceFacts facts, TimeGrid grid) =>
        Unplaced(facts)
        + Text($"asetpts='round(PTS-({facts.StartSeconds:0.######})/TB)',aselect='gte(t,-1)*lt(t,{grid.DurationSeconds:0.######})',")
        + Text($"atrim=start=0,aresample={SoundGrid.SampleRate},aformat=sample_fmts=s16:channel_layouts=stereo");

    /// <summary>
    /// Gaps and a late start are filled with silence and overlaps cut (async, first_pts) where they are longer than what is heard
    /// as out of step; the end is filled and cut at a whole AAC frame.
    /// </summary>
    public static string Fill(TimeGrid grid) =>
        Text($"aresample={SoundGrid.SampleRate}:async=1:min_hard_comp=0.05:first_pts=0,")
        + "aformat=sample_fmts=fltp:channel_layouts=stereo,apad,"
        + Text($"atrim=end_sample={SoundGrid.FrameCount(grid) * AdtsHeader.SamplesPerFrame}");

    /// <summary>AAC-LC.</summary>
    public static IReadOnlyList<string> Encoder(Bitrate bitrate) =>
        ["-c:a", "aac", "-profile:a", "aac_low", "-b:a", Text(bitrate.BitsPerSecond)];

    // One channel: FFmpeg's own mix takes 3 dB. Not by the channel's number alone, as more may come on the way: those are mixed
    // down before. A recorder's tracks: guessing a layout would lose those that fall on the subwoofer.
    private static string Unplaced(SourceFacts facts)
    {
        if (facts.UnplacedChannels is not { } count)
        {
            return "";
        }

        if (count == 1)
        {
            return "aformat=channel_layouts=mono|stereo,aeval='val(0)|val(nb_in_channels-1)':channel_layout=stereo,";
        }

        string all = string.Join('+', Enumerable.Range(0, count).Select(channel => Text($"c{channel}")));
        return $"pan=stereo|c0<{all}|c1<{all},";
    }
}
