using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Stills;

namespace VodFunctions.FFmpeg.Tests.Stills;

public sealed class StoryboardPlanTests
{
    [Theory]
    [InlineData(0.04, 1, 2000)]
    [InlineData(2, 1, 2000)]
    [InlineData(2.04, 2, 2000)]
    [InlineData(200, 100, 2000)]
    [InlineData(723.44, 100, 7235)]
    [InlineData(3600, 100, 36000)]
    public void Tiles_are_at_least_two_seconds_apart_and_at_most_a_hundred(double seconds, int count, long interval)
    {
        var plan = StoryboardPlan.For(new(1280, 720), Grid(seconds));

        Assert.Equal(count, plan.Count);
        Assert.Equal(interval, plan.IntervalMilliseconds);
        Assert.Equal(new(160, 90), plan.Tile);
        Assert.InRange(plan.Rows * plan.Columns, plan.Count, plan.Count + plan.Columns - 1);
    }

    [Fact]
    public void The_last_cue_ends_with_the_video()
    {
        TimeGrid grid = Grid(5);

        string cues = StoryboardCues.Build(StoryboardPlan.For(new(720, 1280), grid), grid.DurationSeconds);

        Assert.Equal(
            """
            WEBVTT

            00:00:00.000 --> 00:00:02.000
            storyboard.jpg#xywh=0,0,90,160

            00:00:02.000 --> 00:00:04.000
            storyboard.jpg#xywh=90,0,90,160

            00:00:04.000 --> 00:00:05.000
            storyboard.jpg#xywh=180,0,90,160

            """,
            cues);
    }

    private static TimeGrid Grid(double seconds) => new(new(25, 1), (long)Math.Round(seconds * 25), 10, true);
}
