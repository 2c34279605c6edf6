using System.Globalization;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>A packet, as <c>-of compact</c> prints it: <c>stream_index=0|pts_time=0.033333|size=269|flags=K_</c>.</summary>
internal readonly record struct PacketLine(
    int Stream, double? PtsSeconds, double? DtsSeconds, double? DurationSeconds, long SizeBytes, bool Discarded,
    bool IsKey = false)
{
    /// <summary>False for what is no packet, such as the line break after side data.</summary>
    public static bool TryParse(string line, out PacketLine packet)
    {
        packet = default;
        int? stream = null;
        double? pts = null;
        double? dts = null;
        double? duration = null;
        long size = 0;
        bool discarded = false;
        bool isKey = false;
        foreach (Range range in line.AsSpan().Split('|'))
        {
            ReadOnlySpan<char> field = line.AsSpan(range);
            int equals = field.IndexOf('=');
            if (equals < 0)
            {
                continue;
            }

            ReadOnlySpan<char> value = field[(equals + 1)..];
            switch (field[..equals])
            {
                case "stream_index" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int index):
                    stream = index;
                    break;
                case "pts_time":
                    pts = Seconds(value);
                    break;
                case "dts_time":
                    dts = Seconds(value);
                    break;
                case "duration_time":
                    duration = Seconds(value);
                    break;
                case "size" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes):
                    size = bytes;
                    break;
                case "flags":
                    discarded = value.Contains('D');
                    isKey = value.Contains('K');
                    break;
            }
        }

        packet = new(stream ?? 0, pts, dts, duration, size, discarded, isKey);
        return stream is not null;
    }

    private static double? Seconds(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && double.IsFinite(seconds)
            ? seconds
            : null;
}
