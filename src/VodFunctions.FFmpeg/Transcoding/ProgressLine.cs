using System.Globalization;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Reads the lines of <c>-progress pipe:1</c>: <c>key=value</c>.</summary>
internal static class ProgressLine
{
    /// <summary>How much is done, 0 to 1, by frames; none when the line does not say.</summary>
    public static double? ByFrames(string line, long totalFrames) => Fraction(line, "frame=", totalFrames);

    /// <summary>How much is done, 0 to 1, by time; none when the line does not say.</summary>
    public static double? ByTime(string line, double totalSeconds) => Fraction(line, "out_time_us=", totalSeconds * 1e6);

    private static double? Fraction(string line, string key, double total) =>
        line.StartsWith(key, StringComparison.Ordinal)
        && long.TryParse(line.AsSpan(key.Length).Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long done)
            ? Math.Clamp(done / total, 0, 1)
            : null;
}
