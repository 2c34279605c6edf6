using VodFunctions.Core.Media;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Transcoding;
using static VodFunctions.FFmpeg.Transcoding.InputArguments;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Filter chains that bring any source's picture to a constant rate, square pixels and BT.709 SDR.</summary>
internal static class PictureFilter
{
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
    /// <param name="zscale">Whether the build has zscale: see <see cref="ColorConversion"/>.</param>
    /// <param name="target">The matrix and range to make.</param>
    public static string ToSdr(SourceFacts facts, PixelSize size, bool zscale, ColorTarget target)
    {
        string scaled = Text($"scale={size.Width}:{size.Height}");
        return scaled + ColorConversion.After(facts, zscale, target);
    }

    /// <summary>From a picture that is SDR already.</summary>
    public static string Smaller(PixelSize size) => Text($"scale={size.Width}:{size.Height},setsar=1");
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
