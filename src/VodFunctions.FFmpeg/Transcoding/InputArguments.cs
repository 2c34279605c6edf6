using System.Globalization;
using VodFunctions.Core.Probing;
using VodFunctions.FFmpeg.Probing;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>What every ffmpeg run begins with. <c>-nostdin</c> is the wrapper's.</summary>
internal static class InputArguments
{
    /// <summary>Quiet but for warnings; progress as lines on standard output, never read from standard error.</summary>
    public static IReadOnlyList<string> Global { get; } =
        ["-hide_banner", "-y", "-loglevel", "warning", "-nostats", "-stats_period", "0.5", "-progress", "pipe:1"];

    /// <summary>No tags, chapters, subtitles or data of the source in any output: they are the uploader's, not the viewers'.</summary>
    public static IReadOnlyList<string> Stripped { get; } =
        ["-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn"];

    /// <summary>
    /// The source: a local file, read by the demuxer that the probe decided on and no other. A playlist renamed .mp4 can
    /// therefore open nothing else. Its times are passed on as they are (<c>-copyts</c>), because FFmpeg's own zero depends on
    /// which streams a run reads.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="facts">What it is.</param>
    /// <param name="maxPixels">Decoders refuse a larger picture before they take memory for it, also late in the file.</param>
    /// <param name="options">Further options of the input.</param>
    public static IReadOnlyList<string> Source(
        string path, SourceFacts facts, long maxPixels, params ReadOnlySpan<string> options) =>
    [
        "-protocol_whitelist", "file,pipe",
        "-format_whitelist", facts.Demuxer,
        // ffprobe gives all names of a demuxer (mov,mp4,...), -f takes one of them.
        "-f", facts.Demuxer.Split(',')[0],
        "-max_pixels", PixelLimit.Argument(maxPixels),
        // Recordings joined end to end have headers in the middle, which this decoder takes with one thread only.
        .. facts.VideoCodec == "theora" ? ["-threads", "1"] : Array.Empty<string>(),
        .. facts.ShownAsCoded ? ["-noautorotate"] : Array.Empty<string>(),
        "-copyts",
        .. FfprobeArguments.Analysis,
        .. options,
        "-i", path,
    ];

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
