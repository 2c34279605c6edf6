using VodFunctions.Core.Ladder;
using VodFunctions.Core.Transcoding;
using static VodFunctions.FFmpeg.Transcoding.InputArguments;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>How H.264 is made: the same for every process, so that all initialization sections of a rendition are equal.</summary>
internal static class X264Arguments
{
    /// <summary>
    /// How many frames later than it is decoded a picture may be shown: with a pyramid of three B-frames always two. Stated in
    /// the parameters below, so that the edit list is known before the first byte is written.
    /// </summary>
    public const int ReorderFrames = 2;

    // Groups are closed and begin at the forced keyframes only, the same ones in every rendition (Apple rules 1.13, 8.22).
    private const string Parameters = "keyint=infinite:scenecut=0:open-gop=0:bframes=3:b-pyramid=normal";

    // For few bits: what a keyframe of text needs is worth more time, and the rate control looks over the next one. Text slides
    // have 1.2 dB more for the same bytes. What moves takes twice the processor time: such sources have more bits.
    private const string Careful = ":psy=0:trellis=2:subme=6:rc-lookahead=60";
    private const double QualityOfFewBits = 28;

    /// <summary>The encoder's options.</summary>
    /// <param name="grid">Where groups begin.</param>
    /// <param name="rendition">
    /// Constant quality below its ceiling; a buffer of at most one second of the rung, so that a segment's peak stays near that
    /// (Apple rule 1.30).
    /// </param>
    public static IReadOnlyList<string> Build(TimeGrid grid, Rendition rendition) =>
    [
        "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-pix_fmt", "yuv420p",
        "-crf", Text($"{rendition.Quality ?? 23}"), "-maxrate", Text(rendition.Ceiling.BitsPerSecond),
        "-bufsize", Text(rendition.BufferBits ?? rendition.Ceiling.BitsPerSecond),
        // Captions in the source's frames would go into every rendition, while the master playlist says that there are none.
        "-a53cc", "0",
        "-force_key_frames", KeyFrames(grid), "-forced-idr", "1", "-x264-params",
        rendition.Quality >= QualityOfFewBits ? Parameters + Careful : Parameters,
        "-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
    ];

    /// <summary>The first frame at or after every 2 s, in whole numbers: n frames x denominator >= k x 2 s x numerator.</summary>
    private static string KeyFrames(TimeGrid grid) => Text(
        $"expr:gte(n*{grid.FrameRate.Denominator},n_forced*{(long)TimeGrid.GroupSeconds * grid.FrameRate.Numerator})");
}
