using VodFunctions.Core.Media;
using VodFunctions.Core.Transcoding;

namespace VodFunctions.FFmpeg.Stills;

/// <summary>How a storyboard is cut: at most 100 pictures, none nearer than 2 s to the next, ten in a row.</summary>
/// <param name="Tile">The size of one.</param>
/// <param name="Count">How many.</param>
/// <param name="IntervalMilliseconds">From one to the next.</param>
internal sealed record StoryboardPlan(PixelSize Tile, int Count, long IntervalMilliseconds)
{
    private const int MaxCount = 100;
    private const int MaxColumns = 10;
    private const int MinInterval = 2000;
    private const int LandscapeWidth = 160;
    private const int PortraitWidth = 90;

    public int Columns => Math.Min(MaxColumns, Count);

    public int Rows => (Count + Columns - 1) / Columns;

    /// <summary>Plans for a picture of that shape and a video of that length.</summary>
    public static StoryboardPlan For(PixelSize picture, TimeGrid grid)
    {
        int width = picture.Width >= picture.Height ? LandscapeWidth : PortraitWidth;
        int height = Math.Max(2, (int)Math.Round((double)width * picture.Height / picture.Width / 2) * 2);
        double milliseconds = grid.DurationSeconds * 1000;
        long interval = Math.Max(MinInterval, (long)Math.Ceiling(milliseconds / MaxCount));
        int count = Math.Clamp((int)Math.Ceiling(milliseconds / interval), 1, MaxCount);

        // A very tall picture would make a sheet that browsers refuse.
        return new(new(width, Math.Min(height, 4 * width)), count, interval);
    }

    /// <summary>
    /// Whether the source's keyframes are dense enough: else tiles would show pictures of long before. Few sources of more than
    /// some minutes are not, and a short one is soon decoded.
    /// </summary>
    /// <param name="longestGroupSeconds">From a keyframe to the next at most; null where it is not known.</param>
    public bool CanSkim(double? longestGroupSeconds) =>
        longestGroupSeconds is { } longest && longest * 1000 <= 1.05 * IntervalMilliseconds;

    /// <summary>Where the n-th picture is in the sheet.</summary>
    public (int X, int Y) At(int index) => (index % Columns * Tile.Width, index / Columns * Tile.Height);
}
