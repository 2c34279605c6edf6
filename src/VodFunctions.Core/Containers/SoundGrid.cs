using VodFunctions.Core.Transcoding;

namespace VodFunctions.Core.Containers;

/// <summary>
/// Where AAC frames are cut so that the sound has the picture's segments: each begins with the last frame that is not after
/// the picture's, and the sound ends with the first frame that reaches the picture's end. So no segment is empty, and all
/// boundaries are within one AAC frame of the picture's.
/// </summary>
public static class SoundGrid
{
    /// <summary>Samples per second of what is made.</summary>
    public const int SampleRate = 48000;

    /// <summary>How many AAC frames there are in all.</summary>
    public static long FrameCount(TimeGrid grid)
    {
        (Int128 numerator, Int128 denominator) = At(grid, grid.FrameCount);
        return (long)((numerator + denominator - 1) / denominator);
    }

    /// <summary>How many AAC frames each segment has, in order; the sum is <see cref="FrameCount"/>.</summary>
    public static IReadOnlyList<int> FramesPerSegment(TimeGrid grid)
    {
        var segments = new List<int>();
        long begin = 0;
        int group = 0;
        foreach (int groups in grid.GroupsPerSegment())
        {
            group += groups;
            long end = group == grid.GroupCount ? FrameCount(grid) : LastNotAfter(grid, group);
            segments.Add((int)(end - begin));
            begin = end;
        }

        return segments;
    }

    private static long LastNotAfter(TimeGrid grid, int group)
    {
        (Int128 numerator, Int128 denominator) = At(grid, grid.FrameRate.FirstFrameAt(group * TimeGrid.GroupSeconds));
        return (long)(numerator / denominator);
    }

    // The time of a picture, counted in AAC frames.
    private static (Int128 Numerator, Int128 Denominator) At(TimeGrid grid, long picture) =>
        ((Int128)picture * grid.FrameRate.Denominator * SampleRate,
         (Int128)grid.FrameRate.Numerator * AdtsHeader.SamplesPerFrame);
}
