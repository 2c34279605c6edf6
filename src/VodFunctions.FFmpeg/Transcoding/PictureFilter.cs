using VodFunctions.Core.Media;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Probing;
using static VodFunctions.FFmpeg.Transcoding.InputArguments;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Filter chains that bring any source's picture to a constant rate, square pixels and BT.709 SDR.</summary>
internal static class PictureFilter
{
    /// <summary>Shapes that differ by less are the same one, rounded to even sides.</summary>
    private const double SameShape = 0.03;

    /// <summary>Fields woven apart, only in frames that say they are interlaced; one picture a frame.</summary>
    public static string Deinterlace(SourceFacts facts) =>
        facts.MayBeInterlaced ? "bwdif=mode=send_frame:deint=interlaced," : "";

    /// <summary>
    /// The frames at the output's times, one for each of the grid's; the last one is held to the end. The frames
    /// before the first are the encoder's part (<c>-fps_mode cfr</c> begins at 0). Nothing in it counts from its own beginning,
    /// because FFmpeg builds it anew when the picture changes its size on the way.
    /// </summary>
    public static string OnTimeline(SourceFacts facts, TimeGrid grid) =>
        AtOutputTimes(facts, grid) + Text($"fps={grid.FrameRate}:eof_action=pass,tpad=stop=-1:stop_mode=clone,trim=end_pts={grid.FrameCount}");

    /// <summary>The frames at the output's times. A damaged time stamp beyond its end would be filled up to.</summary>
    public static string AtOutputTimes(SourceFacts facts, TimeGrid grid) => Text(
        $"setpts='round(PTS-({facts.StartSeconds:0.######})/TB)',select='gte(t,-0.1)*lt(t,{grid.DurationSeconds:0.######})',");

    /// <summary>To a size, in square pixels and SDR. FFmpeg has turned the picture before.</summary>
    /// <param name="facts">What the picture is.</param>
    /// <param name="size">What to make.</param>
    /// <param name="zscale">Whether the build has zscale: see <see cref="ColorConversion"/>.</param>
    /// <param name="target">The matrix and range to make.</param>
    public static string ToSdr(SourceFacts facts, PixelSize size, bool zscale, ColorTarget target)
    {
        return Inside(size) + ColorConversion.After(facts, zscale, target, Bars(size));
    }

    /// <summary>From a picture that is SDR already.</summary>
    public static string Smaller(PixelSize size) => Text($"scale={size.Width}:{size.Height},setsar=1");

    /// <summary>
    /// The whole picture inside a size. One of that shape fills it; one that turned or grew on the way gets black bars. Pixels
    /// less square than the probe believes are taken for square here too.
    /// </summary>
    private static string Inside(PixelSize size)
    {
        double shape = (double)size.Width / size.Height;
        double near = Math.Max(SameShape, 2.5 / size.ShortSide);
        string found = Text($"iw/ih*if(between(sar,1/{PictureGeometry.MaxPixelAspect},{PictureGeometry.MaxPixelAspect}),sar,1)");
        return Text($"scale=eval=frame:w='if(gte({found},{shape * (1 - near):0.######}),{size.Width},max(2,2*round({size.Height}*{found}/2)))'")
            + Text($":h='if(lte({found},{shape * (1 + near):0.######}),{size.Height},max(2,2*round({size.Width}/({found})/2)))'");
    }

    private static string Bars(PixelSize size) => Text($"pad={size.Width}:{size.Height}:-1:-1:eval=frame");
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
