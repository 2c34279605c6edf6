using VodFunctions.Core.Transcoding;
using static VodFunctions.FFmpeg.Transcoding.InputArguments;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>
/// The files that ffmpeg leaves for the packager: one for each group of pictures, in a folder for each rendition, under a
/// name that appears only when the file is whole.
/// </summary>
internal static class GroupFiles
{
    /// <summary>Where time 0 is in MPEG-TS, in seconds: later than any reordering delay, so that no time is negative.</summary>
    public const int TsStartSeconds = 10;

    /// <summary>The initialization section's name.</summary>
    public const string Init = "init.mp4";

    /// <summary>The folder of the n-th rendition of a process.</summary>
    public static string Folder(int rendition) => Text($"r{rendition}");

    /// <summary>The n-th group's name.</summary>
    public static string Name(int group, Packaging packaging) => Text($"g{group:D6}{Extension(packaging)}");

    /// <summary>The muxer's options and the output's name.</summary>
    public static IReadOnlyList<string> Output(int rendition, Packaging packaging) =>
    [
        // hls_time is shorter than a group, so every keyframe begins a file. The muxer's own playlist is not used.
        "-f", "hls", "-hls_time", "0.1", "-hls_list_size", "1", "-hls_flags", "temp_file",
        .. Format(packaging),
        "-hls_segment_filename", $"{Folder(rendition)}/g%06d{Extension(packaging)}", $"{Folder(rendition)}/groups.m3u8",
    ];

    private static string[] Format(Packaging packaging) => packaging == Packaging.Cmaf
        ?
        [
            // No edit list and the first composition offset at 0: the packager writes the final times.
            "-hls_segment_type", "fmp4", "-hls_fmp4_init_filename", Init, "-hls_segment_options",
            "movflags=+frag_discont+negative_cts_offsets+skip_sidx:use_editlist=0",
            "-muxdelay", "0", "-muxpreload", "0", "-avoid_negative_ts", "disabled",
        ]
        :
        [
            // Tables once a group (each file begins with them) and not ten times a second: that is 6 % of a 240p stream.
            "-hls_segment_type", "mpegts", "-hls_segment_options", "pat_period=3600:sdt_period=3600",
            "-muxdelay", "0", "-muxpreload", "0", "-avoid_negative_ts", "disabled",
            "-output_ts_offset", Text(TsStartSeconds),
        ];

    private static string Extension(Packaging packaging) => packaging == Packaging.Cmaf ? ".m4s" : ".ts";
}
