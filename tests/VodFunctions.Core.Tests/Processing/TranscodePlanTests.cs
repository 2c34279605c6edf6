using VodFunctions.Core.Media;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Transcoding;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Core.Tests.Processing;

public sealed class TranscodePlanTests
{
    private const int Minute = 60;

    [Theory]
    [InlineData("1920x1080", 60, 60 * Minute)]
    [InlineData("1080x1920", 60, 60 * Minute)]
    [InlineData("2560x1080", 60, 60 * Minute)]
    [InlineData("3840x2160", 30, 60 * Minute)]
    [InlineData("3840x2160", 60, 30 * Minute)]
    [InlineData("7680x4320", 30, 15 * Minute)]
    [InlineData("640x360", 1000, 60 * Minute)]
    public void What_people_film_is_taken(string size, int framesPerSecond, int seconds) =>
        Assert.Null(Refusal(size, framesPerSecond, seconds));

    [Theory]
    [InlineData("6000x6000", 60, 60 * Minute)]
    [InlineData("6000x6000", 1000, 2 * Minute)]
    [InlineData("1920x1080", 240, 60 * Minute)]
    [InlineData("3840x2160", 60, 60 * Minute)]
    public void What_would_hold_the_encoders_for_hours_is_refused(string size, int framesPerSecond, int seconds) =>
        Assert.Equal(JobErrorCode.TooMuchWork, Refusal(size, framesPerSecond, seconds)?.Code);

    [Fact]
    public void A_job_of_an_earlier_version_knows_no_bound()
    {
        JobPolicy policy = JobPolicy.From(new VodOptions()) with { MaxWorkPixels = long.MaxValue };
        SourceFacts facts = Facts("6000x6000", 60, 60 * Minute);

        Assert.Null(TranscodePlan.Create(facts, policy).Refusal(facts, policy));
    }

    [Theory]
    [InlineData(216_000, 6_944_444)]
    [InlineData(100, 36_000_000)]
    [InlineData(0, 36_000_000)]
    public void The_more_pictures_the_smaller_each_may_grow(long pictures, long expected) => Assert.Equal(
        expected,
        WorkSize.MaxPicturePixels(Facts("128x128", 1, 1) with { PictureCount = pictures }, 1_500_000_000_000, 36_000_000));

    private static JobError? Refusal(string size, int framesPerSecond, int seconds)
    {
        var policy = JobPolicy.From(new VodOptions());
        SourceFacts facts = Facts(size, framesPerSecond, seconds);
        return TranscodePlan.Create(facts, policy).Refusal(facts, policy);
    }

    private static SourceFacts Facts(string size, int framesPerSecond, int seconds) => new()
    {
        VideoStream = 0,
        Demuxer = "mov",
        VideoCodec = "h264",
        ShownSize = PixelSize.Parse(size),
        FrameRate = new(Math.Min(framesPerSecond, 60), 1),
        DurationSeconds = seconds,
        VideoBitrate = Bitrate.Parse("6M"),
        PictureCount = (long)framesPerSecond * seconds,
        CodedPixels = PixelSize.Parse(size).Pixels,
    };
}
