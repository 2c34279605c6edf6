using System.Globalization;
using VodFunctions.Core.Transcoding;

namespace VodFunctions.Core.Publishing;

/// <summary>The playlist of all variants (RFC 8216 section 4.3.4), with what was measured.</summary>
public static class MasterPlaylist
{
    private const string AudioGroup = "audio";

    /// <summary>Players take their first guess of the bandwidth from the first variant (Apple rule 1.32).</summary>
    private const double FirstBitsPerSecond = 2_000_000;

    /// <summary>A variant as tall as this is never the first, when there is a smaller one.</summary>
    private const int TooTallToBeFirst = 720;

    /// <summary>Writes <see cref="MediaFiles.Master"/>.</summary>
    /// <param name="video">At least one, each with size and frame rate.</param>
    /// <param name="audio">The shared sound rendition; none when the source is silent or the sound is muxed in.</param>
    /// <param name="audioLanguage">ISO 639-2 as the file says.</param>
    public static string Build(IReadOnlyList<MeasuredTrack> video, MeasuredTrack? audio, string? audioLanguage)
    {
        int target = MeasuredRates.TargetDuration(audio is null ? video : video.Append(audio));
        PlaylistWriter writer = new PlaylistWriter().Line("#EXT-X-INDEPENDENT-SEGMENTS");
        if (audio is not null)
        {
            AudioLanguage language = AudioLanguage.From(audioLanguage);
            writer.Line(
                $"#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"{AudioGroup}\",NAME=\"{language.Name}\",LANGUAGE=\"{language.Tag}\","
                + $"DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"2\",URI=\"{audio.Name}/{MediaFiles.MediaPlaylist}\"");
        }

        IReadOnlyList<MeasuredTrack> ordered = Order(video, audio, target);
        foreach (MeasuredTrack track in ordered)
        {
            WriteVariant(writer, track, audio, target);
        }

        foreach (MeasuredTrack track in ordered)
        {
            (long peak, long average) = IFramePlaylist.Rates(track);
            writer.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},CODECS=\"{VideoCodec(track)}\","
                + $"RESOLUTION={track.Size},VIDEO-RANGE=SDR,URI=\"{track.Name}/{MediaFiles.IFramePlaylist}\""));
        }

        return writer.ToString();
    }

    /// <summary>The order of variants: the one nearest 2 Mbps first, then from the largest to the smallest.</summary>
    internal static IReadOnlyList<MeasuredTrack> Order(
        IReadOnlyList<MeasuredTrack> video, MeasuredTrack? audio, int targetDurationSeconds)
    {
        double Distance(MeasuredTrack track) =>
            Math.Abs(Math.Log(MeasuredRates.Bandwidth(track, audio, targetDurationSeconds) / FirstBitsPerSecond));

        MeasuredTrack[] small = [.. video.Where(track => track.Size!.Value.ShortSide < TooTallToBeFirst)];
        MeasuredTrack first = (small.Length > 0 ? small : video).MinBy(Distance)!;
        return
        [
            first,
            .. video.Where(track => track != first)
                .OrderByDescending(track => MeasuredRates.Bandwidth(track, audio, targetDurationSeconds)),
        ];
    }

    private static void WriteVariant(PlaylistWriter writer, MeasuredTrack track, MeasuredTrack? audio, int target)
    {
        string codecs = audio is null ? track.Codecs : $"{track.Codecs},{audio.Codecs}";
        string group = audio is null ? "" : $",AUDIO=\"{AudioGroup}\"";
        writer.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"#EXT-X-STREAM-INF:BANDWIDTH={MeasuredRates.Bandwidth(track, audio, target)},"
            + $"AVERAGE-BANDWIDTH={MeasuredRates.AverageBandwidth(track, audio)},CODECS=\"{codecs}\","
            + $"RESOLUTION={track.Size},FRAME-RATE={track.FrameRate!.Value.FramesPerSecond:F3},VIDEO-RANGE=SDR"
            + $"{group},CLOSED-CAPTIONS=NONE"));
        writer.Line($"{track.Name}/{MediaFiles.MediaPlaylist}");
    }

    private static string VideoCodec(MeasuredTrack track) => track.Codecs.Split(',')[0];
}
