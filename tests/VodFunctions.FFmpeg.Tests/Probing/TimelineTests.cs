using VodFunctions.Core.Media;
using VodFunctions.FFmpeg.Probing;

namespace VodFunctions.FFmpeg.Tests.Probing;

public sealed class TimelineTests
{
    private static readonly FrameRate s_rate = new(30, 1);

    [Theory]
    // Picture, sound; start, frames.
    [InlineData(0, 8, 0, 8, 0, 240)]
    [InlineData(3, 10, 0, 10, 0, 300)]
    [InlineData(0, 4, 0, 12, 0, 360)]
    [InlineData(1.4, 9.4, 2.9, 8.9, 1.4, 240)]
    // An encoder's priming and padding.
    [InlineData(0, 8, -0.021, 8.04, 0, 240)]
    // Less than a frame is added at the start, so that the picture is on the grid.
    [InlineData(0.23, 5, 0, 5, -0.003333, 150)]
    [InlineData(-2, 6, -2, 6, -2, 240)]
    public void Zero_is_where_the_first_begins_and_the_end_where_the_last_ends(
        double pictureFirst, double pictureEnd, double soundFirst, double soundEnd, double start, long frames)
    {
        Timeline timeline = Timeline.Of(new(pictureFirst, pictureEnd), new(soundFirst, soundEnd), s_rate);

        Assert.Equal(start, timeline.StartSeconds, 1e-6);
        Assert.Equal(frames, timeline.FrameCount);
    }

    [Fact]
    public void Without_sound_it_is_the_pictures() =>
        Assert.Equal(new Timeline(2, 30), Timeline.Of(new(2, 3), null, s_rate));
}
