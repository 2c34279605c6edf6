using VodFunctions.Core.Feeds;
using VodFunctions.Core.Json;
using VodFunctions.Core.Media;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Core.Tests.Media;

public sealed class ValueTypeTests
{
    private const string Digits = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("4000k", 4_000_000)]
    [InlineData("4M", 4_000_000)]
    [InlineData("1.5m", 1_500_000)]
    [InlineData("128000", 128_000)]
    public void A_bitrate_reads_its_usual_spellings(string text, long bits) =>
        Assert.Equal(bits, Bitrate.Parse(text).BitsPerSecond);

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.1")]
    [InlineData("4 M")]
    [InlineData("1e9")]
    [InlineData("99999999999999999999M")]
    public void A_bitrate_refuses_anything_else(string text) => Assert.False(Bitrate.TryParse(text, null, out _));

    [Theory]
    [InlineData("0x1")]
    [InlineData("1280")]
    [InlineData("1280x720x1")]
    [InlineData("-2x2")]
    [InlineData("99999999999x2")]
    public void A_size_refuses_anything_but_two_positive_sides(string text) =>
        Assert.False(PixelSize.TryParse(text, null, out _));

    [Fact]
    public void A_frame_rate_is_reduced_and_counts_exactly()
    {
        var rate = new FrameRate(60_000, 2_002);

        Assert.Equal("30000/1001", rate.ToString());
        Assert.Equal(60, rate.FirstFrameAt(2));
        Assert.Equal(300, rate.FirstFrameAt(10));
        Assert.Equal(1001.0, rate.SecondsOf(30_000), 9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789ABCDEF0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    [InlineData("../3456789abcdef0123456789abcdef0")]
    [InlineData("0123456789abcdef\00123456789abcde")]
    public void An_id_is_thirty_two_lower_case_digits_and_nothing_else(string text)
    {
        Assert.False(VideoId.TryParse(text, out _));
        Assert.False(FeedId.TryParse(text, out _));
    }

    [Theory]
    [InlineData(Digits + "-0")]
    [InlineData(Digits + "-01")]
    [InlineData(Digits + "-")]
    [InlineData(Digits + "--1")]
    [InlineData(Digits + "-1 ")]
    [InlineData(Digits + "-99999999999")]
    [InlineData("-1")]
    public void A_job_id_is_a_video_and_an_attempt_from_one_on(string text) => Assert.False(JobId.TryParse(text, null, out _));

    [Fact]
    public void Values_travel_through_json_as_their_text()
    {
        var job = JobId.Parse(Digits + "-12");

        Assert.Equal($"\"{Digits}-12\"", VodJson.Serialize(job));
        Assert.Equal(job, VodJson.Deserialize<JobId>(VodJson.Serialize(job)));
        Assert.Equal("\"SOURCE_GONE\"", VodJson.Serialize(JobErrorCode.SourceGone));
        Assert.Equal("\"transcode\"", VodJson.Serialize(JobStep.Transcode));
    }

    [Fact]
    public void A_user_never_becomes_a_path_by_itself()
    {
        UserId hostile = UserId.Parse("../../admin/..\\x");

        Assert.Matches("^[0-9a-f]{64}$", hostile.ToPathSegment());
        Assert.NotEqual(UserId.Parse("a").ToPathSegment(), UserId.Parse("b").ToPathSegment());
    }

    [Fact]
    public void Ids_drawn_are_distinct_and_valid()
    {
        var ids = new CryptoIdGenerator();

        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => ids.NewVideoId()).Distinct().Count());
        Assert.True(VideoId.TryParse(ids.NewVideoId().ToString(), out _));
    }
}
