using System.Globalization;
using VodFunctions.Core.Media;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>How a stream's picture is meant to be shown: square pixels, turned.</summary>
internal static class PictureGeometry
{
    /// <summary>Pixels that are less square than that are a mistake or an attack, and taken for square.</summary>
    public const int MaxPixelAspect = 8;

    /// <summary>Smaller pictures have no fields.</summary>
    private const int LeastFieldSide = 16;

    /// <summary>Clockwise quarters to turn by, 0 to 3. Other angles are left to FFmpeg, which keeps the size.</summary>
    public static int QuarterTurns(FfprobeStream stream)
    {
        double? clockwise = -stream.SideDataList
            .FirstOrDefault(data => data.SideDataType == "Display Matrix")?.Rotation;
        if (clockwise is null
            && stream.Tags.TryGetValue("rotate", out string? tag)
            && double.TryParse(tag, NumberStyles.Float, CultureInfo.InvariantCulture, out double degrees))
        {
            clockwise = degrees;
        }

        return clockwise is { } angle && angle % 90 == 0 ? (int)((((angle / 90) % 4) + 4) % 4) : 0;
    }

    /// <summary>The size as shown, at least 1x1. The height of a line is kept, so anamorphic pictures get their true width.</summary>
    public static PixelSize ShownSize(FfprobeStream stream)
    {
        double width = Math.Round(stream.Width * PixelAspect(stream.SampleAspectRatio));
        var upright = new PixelSize((int)Math.Clamp(width, 1, int.MaxValue), Math.Max(1, stream.Height));
        return QuarterTurns(stream) % 2 == 1 ? upright.Turned : upright;
    }

    /// <summary>
    /// Whether frames may be interlaced: codecs of cameras and broadcasts, in a pixel format that the deinterlacer takes as it
    /// is. For others the first frames decide.
    /// </summary>
    public static bool MayBeInterlaced(FfprobeStream stream) =>
        stream.CodecName is "h264" or "hevc" or "mpeg1video" or "mpeg2video" or "mpeg4" or "vc1" or "wmv3" or "dvvideo" or "prores"
            or "dnxhd" or "mjpeg" or "ffv1" or "huffyuv" or "ffvhuff" or "utvideo"
        && stream is { Width: >= LeastFieldSide, Height: >= LeastFieldSide }
        && stream.PixFmt?.StartsWith("yuv4", StringComparison.Ordinal) == true;

    private static double PixelAspect(string? ratio)
    {
        string[] parts = ratio?.Split(':') ?? [];
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int across)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int down)
            && across > 0 && down > 0
            && (double)across / down is var aspect and >= 1.0 / MaxPixelAspect and <= MaxPixelAspect
            ? aspect
            : 1;
    }
}
