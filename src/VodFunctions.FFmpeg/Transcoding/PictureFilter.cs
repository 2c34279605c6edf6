using VodFunctions.Core.Media;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Transcoding;
using static VodFunctions.FFmpeg.Transcoding.InputArguments;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Filter chains that bring any source's picture to a constant rate, square pixels and BT.709 SDR.</summary>
internal static class PictureFilter
{
    /// <summary>Above this short side a picture that does not say its matrix is BT.709, as players assume.</summary>
    private const int LargestStandardDefinition = 576;

    /// <summary>Fields woven apart, only in frames that say they are interlaced; one picture a frame.</summary>
    public static string Deinterlace(SourceFacts facts) =>
        facts.Interlaced ? "bwdif=mode=send_frame:deint=interlaced," : "";

    /// <summary>
    /// Exactly the grid's frames: from time 0 (a late picture is filled with its first frame, gaps with the frame before)
    /// to the grid's end (filled with the last frame).
    /// </summary>
    public static string ConstantRate(TimeGrid grid) => Text(
        $"fps={grid.FrameRate}:start_time=0:eof_action=pass,tpad=stop=-1:stop_mode=clone,trim=end_frame={grid.FrameCount}");

    /// <summary>To a size, in square pixels and SDR. FFmpeg has turned the picture before.</summary>
    /// <param name="facts">What the picture is.</param>
    /// <param name="size">What to make.</param>
    /// <param name="toneMap">Whether the build has zscale. Without it HDR keeps its curve and looks washed out, but plays.</param>
    /// <param name="target">The matrix and range to make.</param>
    public static string ToSdr(SourceFacts facts, PixelSize size, bool toneMap, ColorTarget target)
    {
        string scaled = Text($"scale={size.Width}:{size.Height}");
        if (facts.DynamicRange == DynamicRange.Sdr || !toneMap)
        {
            return $"{scaled}:in_color_matrix={Matrix(facts)}:out_color_matrix={target.Matrix}:out_range={target.Range},"
                + $"setsar=1,format={target.PixelFormat}";
        }

        // Scaled first: tone mapping in floating point is the dearest step. What was graded for is stated and not read from
        // the frames, because zscale refuses frames that do not say.
        string curve = facts.DynamicRange == DynamicRange.Pq ? "smpte2084" : "arib-std-b67";
        return $"{scaled},setsar=1,zscale=tin={curve}:pin=2020:min=2020_ncl:t=linear:npl=100,format=gbrpf32le,"
            + "zscale=p=709,tonemap=tonemap=hable:desat=0,"
            + $"zscale=t=709:m={target.ZscaleMatrix}:r={target.Range},format={target.PixelFormat}";
    }

    /// <summary>From a picture that is SDR already.</summary>
    public static string Smaller(PixelSize size) => Text($"scale={size.Width}:{size.Height},setsar=1");

    private static string Matrix(SourceFacts facts) => facts.ColorMatrix switch
    {
        "bt709" or "smpte170m" or "fcc" or "smpte240m" => facts.ColorMatrix,
        "bt470bg" => "bt470",
        "bt2020nc" or "bt2020c" => "bt2020",
        _ when facts.DynamicRange != DynamicRange.Sdr => "bt2020",
        _ => facts.ShownSize.ShortSide > LargestStandardDefinition ? "bt709" : "smpte170m",
    };
}

/// <summary>Which colours to make.</summary>
/// <param name="Matrix">The scale filter's name.</param>
/// <param name="ZscaleMatrix">The zscale filter's name.</param>
/// <param name="Range">tv or pc.</param>
/// <param name="PixelFormat">FFmpeg's name.</param>
internal sealed record ColorTarget(string Matrix, string ZscaleMatrix, string Range, string PixelFormat)
{
    /// <summary>Video: BT.709, limited range.</summary>
    public static ColorTarget Video { get; } = new("bt709", "709", "tv", "yuv420p");

    /// <summary>JPEG: BT.601, full range (JFIF).</summary>
    public static ColorTarget Jpeg { get; } = new("smpte170m", "170m", "pc", "yuvj420p");
}
