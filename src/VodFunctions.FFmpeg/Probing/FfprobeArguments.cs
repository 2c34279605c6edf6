using System.Globalization;
using VodFunctions.Core.Settings;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>Builds ffprobe's argument lists.</summary>
internal static class FfprobeArguments
{
    /// <summary>What <see cref="FfprobeReport"/> has a use for: tags may hold whole documents.</summary>
    private const string Entries =
        "format=nb_streams,duration"
        + ":stream=index,codec_name,codec_type,width,height,coded_width,coded_height,sample_aspect_ratio,pix_fmt,color_transfer,duration"
        + ",channels,channel_layout"
        + ":stream_disposition=default,attached_pic,timed_thumbnails,still_image:stream_tags=language,rotate"
        + ":stream_side_data=side_data_type,rotation";

    private const string FrameEntries =
        "frame=media_type,pix_fmt,interlaced_frame,color_range,color_space,color_primaries,color_transfer";

    private const string ColorEntries = "stream=index,color_range,color_space,color_primaries,color_transfer";

    /// <summary>
    /// How far to look for streams, in every run the same: a recorder may name its picture, and a program its sound, late. One
    /// that is named later has a duration and a layout for no run.
    /// </summary>
    public static IReadOnlyList<string> Analysis { get; } = ["-probesize", "50000000", "-analyzeduration", "60000000"];

    /// <summary>Container and streams, as JSON.</summary>
    public static IReadOnlyList<string> Report(string path, string demuxer, SourceLimits limits) =>
        [.. Common(demuxer, limits), "-show_entries", Entries, "-of", "json", "-i", path];

    /// <summary>The colours that the container names, as JSON: without a decoder, which would put its own in their place.</summary>
    public static IReadOnlyList<string> Colors(string path, string demuxer, SourceLimits limits) =>
    [
        .. Common(demuxer, limits), "-nofind_stream_info", "-show_entries", ColorEntries, "-of", "json", "-i", path,
    ];

    /// <summary>
    /// A line for each of the first frames, and at the end one for the stream with the colours that the container names. For
    /// containers whose header tells a decoder all that it must know.
    /// </summary>
    public static IReadOnlyList<string> FramesAndColors(string path, string demuxer, SourceLimits limits, int stream, int packets) =>
    [
        .. Common(demuxer, limits), "-nofind_stream_info",
        "-select_streams", stream.ToString(CultureInfo.InvariantCulture),
        "-read_intervals", string.Create(CultureInfo.InvariantCulture, $"%+#{packets}"),
        "-show_entries", $"{FrameEntries}:{ColorEntries}", "-of", "compact=p=0", "-i", path,
    ];

    /// <summary>A line for every packet of every stream, for <see cref="PacketLine"/>.</summary>
    public static IReadOnlyList<string> Packets(string path, string demuxer, SourceLimits limits) =>
    [
        .. Common(demuxer, limits),
        "-show_entries", "packet=stream_index,pts_time,dts_time,duration_time,size,flags", "-of", "compact=p=0", "-i", path,
    ];

    /// <summary>A line for each of the frames that the next <paramref name="packets"/> packets hold, for <see cref="FrameScan"/>.</summary>
    public static IReadOnlyList<string> Frames(
        string path, string demuxer, SourceLimits limits, int stream, double fromSeconds, int packets) =>
    [
        .. Common(demuxer, limits),
        "-select_streams", stream.ToString(CultureInfo.InvariantCulture),
        "-read_intervals", fromSeconds > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{fromSeconds:0.###}%+#{packets}")
            : string.Create(CultureInfo.InvariantCulture, $"%+#{packets}"),
        "-show_entries", FrameEntries, "-of", "compact=p=0", "-i", path,
    ];

    private static IEnumerable<string> Common(string demuxer, SourceLimits limits) =>
    [
        "-v", "error", "-hide_banner",
        "-protocol_whitelist", "file,pipe",
        "-f", demuxer, "-format_whitelist", demuxer,
        // Decoders refuse a larger picture before they take memory for it.
        "-max_pixels", PixelLimit.Argument(limits.MaxPixels),
        // One more than allowed, so that there is something to count.
        "-max_streams", (limits.MaxStreams + 1).ToString(CultureInfo.InvariantCulture),
        .. Analysis,
    ];
}
