using System.Globalization;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>What FFmpeg is told of the most pixels that a picture may have (<c>-max_pixels</c>).</summary>
internal static class PixelLimit
{
    /// <summary>
    /// An eighth more than the limit. FFmpeg compares a picture as it lies in memory, its lines filled up to 64 bytes
    /// (libavcodec/decode.c), so that it would refuse one of 6000x6000 where 36 million are allowed. What a header says is
    /// compared with the limit itself; this one is for pictures that grow on the way.
    /// </summary>
    private const double Aligned = 1.125;

    /// <summary>The option's value.</summary>
    /// <param name="pixels">The most that a picture may have.</param>
    public static string Argument(long pixels) =>
        Math.Min(pixels * Aligned, long.MaxValue / 2).ToString("F0", CultureInfo.InvariantCulture);
}
