using VodFunctions.Core.Transcoding;

namespace VodFunctions.Core.Containers;

/// <summary>Which frames a group of pictures has.</summary>
public static class GroupFrames
{
    /// <summary>The index of a group's first frame; for the group after the last one, the number of frames.</summary>
    public static long First(TimeGrid grid, int group) =>
        Math.Min(grid.FrameRate.FirstFrameAt(group * TimeGrid.GroupSeconds), grid.FrameCount);

    /// <summary>How many frames a group has.</summary>
    public static long Count(TimeGrid grid, int group) => First(grid, group + 1) - First(grid, group);
}
