using VodFunctions.Core.Media;

namespace VodFunctions.Core.Transcoding;

/// <summary>
/// Where pictures, groups of pictures and segments begin, the same in every rendition: a keyframe at the first frame at or
/// after every 2 s, and segments that are whole numbers of those groups.
/// </summary>
/// <param name="FrameRate">Constant.</param>
/// <param name="FrameCount">Frames in all, at least 1.</param>
/// <param name="SegmentSeconds">Target duration of a segment: a multiple of <see cref="GroupSeconds"/>.</param>
/// <param name="FastStart">Whether the first segments last 2, 2, 4, 6 and 6 s (only with a target of 10 s).</param>
public sealed record TimeGrid(FrameRate FrameRate, long FrameCount, int SegmentSeconds, bool FastStart)
{
    /// <summary>Seconds between keyframes (Apple rule 1.13).</summary>
    public const int GroupSeconds = 2;

    private static readonly int[] s_fastStart = [1, 1, 2, 3, 3];

    /// <summary>Seconds in all.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double DurationSeconds => FrameRate.SecondsOf(FrameCount);

    /// <summary>How many groups of pictures there are; the last may be short.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int GroupCount
    {
        get
        {
            int groups = (int)(FrameCount * FrameRate.Denominator / ((long)GroupSeconds * FrameRate.Numerator));
            while (FrameRate.FirstFrameAt(groups * GroupSeconds) < FrameCount)
            {
                groups++;
            }

            return groups;
        }
    }

    /// <summary>How many groups each segment takes, in order; the sum is <see cref="GroupCount"/>.</summary>
    public IReadOnlyList<int> GroupsPerSegment()
    {
        var segments = new List<int>();
        int left = GroupCount;
        for (int index = 0; left > 0; index++)
        {
            int wanted = FastStart && SegmentSeconds == 10 && index < s_fastStart.Length
                ? s_fastStart[index]
                : SegmentSeconds / GroupSeconds;
            segments.Add(Math.Min(wanted, left));
            left -= segments[^1];
        }

        return segments;
    }
}
