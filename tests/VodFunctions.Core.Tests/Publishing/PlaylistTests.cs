using VodFunctions.Core.Media;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Transcoding;
using Xunit;

namespace VodFunctions.Core.Tests.Publishing;

public sealed class PlaylistTests
{
    private static readonly MeasuredTrack s_audio =
        new("a128k", "mp4a.40.2", null, null, true, [new("seg_00000.m4s", 2, 32_000, []), new("seg_00001.m4s", 0.512, 9_000, [])]);

    [Fact]
    public void A_media_playlist_lists_its_segments() => Assert.Equal(
        """
        #EXTM3U
        #EXT-X-VERSION:7
        #EXT-X-TARGETDURATION:10
        #EXT-X-MEDIA-SEQUENCE:0
        #EXT-X-PLAYLIST-TYPE:VOD
        #EXT-X-INDEPENDENT-SEGMENTS
        #EXT-X-MAP:URI="init.mp4"
        #EXTINF:2.002000,
        seg_00000.m4s
        #EXTINF:0.500500,
        seg_00001.m4s
        #EXT-X-ENDLIST

        """,
        MediaPlaylist.Build(Video("v480-2000k", "854x480", 250_000), 10));

    [Fact]
    public void An_iframe_playlist_lists_byte_ranges() => Assert.Equal(
        """
        #EXTM3U
        #EXT-X-VERSION:7
        #EXT-X-TARGETDURATION:10
        #EXT-X-MEDIA-SEQUENCE:0
        #EXT-X-PLAYLIST-TYPE:VOD
        #EXT-X-INDEPENDENT-SEGMENTS
        #EXT-X-I-FRAMES-ONLY
        #EXT-X-MAP:URI="init.mp4"
        #EXTINF:2.002000,
        #EXT-X-BYTERANGE:25000@0
        seg_00000.m4s
        #EXTINF:0.500500,
        #EXT-X-BYTERANGE:20000@0
        seg_00001.m4s
        #EXT-X-ENDLIST

        """,
        IFramePlaylist.Build(Video("v480-2000k", "854x480", 250_000), 10));

    [Fact]
    public void A_master_playlist_names_what_was_measured() => Assert.Equal(
        """
        #EXTM3U
        #EXT-X-VERSION:7
        #EXT-X-INDEPENDENT-SEGMENTS
        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="한국어",LANGUAGE="ko",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="a128k/index.m3u8"
        #EXT-X-STREAM-INF:BANDWIDTH=1129575,AVERAGE-BANDWIDTH=1089615,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=854x480,FRAME-RATE=29.970,VIDEO-RANGE=SDR,AUDIO="audio",CLOSED-CAPTIONS=NONE
        v480-2000k/index.m3u8
        #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=143857,AVERAGE-BANDWIDTH=143857,CODECS="avc1.64001f",RESOLUTION=854x480,VIDEO-RANGE=SDR,URI="v480-2000k/iframes.m3u8"

        """,
        MasterPlaylist.Build([Video("v480-2000k", "854x480", 250_000)], s_audio, "kor"));

    [Fact]
    public void Muxed_and_silent_videos_have_no_audio_group()
    {
        MeasuredTrack track = Video("v240-500k", "426x240", 60_000) with { Codecs = "avc1.64000d,mp4a.40.2", HasInit = false };

        string master = MasterPlaylist.Build([track], null, null);

        Assert.DoesNotContain("AUDIO", master, StringComparison.Ordinal);
        Assert.Contains("CODECS=\"avc1.64000d,mp4a.40.2\",RESOLUTION=426x240", master, StringComparison.Ordinal);
        Assert.Contains("CODECS=\"avc1.64000d\",RESOLUTION=426x240", master, StringComparison.Ordinal);
        Assert.DoesNotContain("EXT-X-MAP", MediaPlaylist.Build(track, 10), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000_000, 500_000, 125_000, "v480-2000k,v720-4000k,v240-500k")]
    [InlineData(500_000, 60_000, 20_000, "v480-2000k,v720-4000k,v240-500k")]
    [InlineData(600_000, 900_000, 500_000, "v240-500k,v480-2000k,v720-4000k")]
    public void The_variant_near_two_megabits_is_first_and_never_720p(int large, int middle, int small, string expected)
    {
        MeasuredTrack[] video =
        [
            Video("v720-4000k", "1280x720", large), Video("v480-2000k", "854x480", middle), Video("v240-500k", "426x240", small),
        ];

        string master = MasterPlaylist.Build(video, null, null);

        string[] order = [.. master.Split('\n').Where(line => line.EndsWith("/index.m3u8", StringComparison.Ordinal)).Select(line => line.Split('/')[0])];
        Assert.Equal(expected, string.Join(',', order));
    }

    [Fact]
    public void A_portrait_or_a_single_variant_is_listed_too() => Assert.Contains(
        "RESOLUTION=720x1280", MasterPlaylist.Build([Video("v720-4000k", "720x1280", 1_000_000)], null, null), StringComparison.Ordinal);

    [Fact]
    public void A_short_last_segment_is_no_peak()
    {
        MeasuredTrack track = Segments((10, 1_250_000), (10, 1_000_000), (0.04, 60_000));

        Assert.Equal(1_044_000, MeasuredRates.Peak(track, 10), 50_000d);
        Assert.Equal(922_157, MeasuredRates.Average(track), 10d);
    }

    [Fact]
    public void Short_first_segments_count_together()
    {
        // 2 + 2 + 4 s at 3 Mbps, then 10 s at 1 Mbps: 8 s are more than half of the target.
        MeasuredTrack track = Segments((2, 750_000), (2, 750_000), (4, 1_500_000), (10, 1_250_000));

        Assert.Equal(3_000_000, MeasuredRates.Peak(track, 10));
    }

    [Fact]
    public void A_video_of_one_frame_has_its_average_as_peak() =>
        Assert.Equal(400_000, MeasuredRates.Peak(Segments((0.04, 2_000)), 10));

    [Fact]
    public void The_target_duration_is_the_longest_segment_rounded_and_kept_to()
    {
        MeasuredTrack track = Segments((10.01, 1), (10.4, 1), (0.2, 1));

        Assert.Equal(10, MeasuredRates.TargetDuration([track, s_audio]));
        Assert.Equal(1, MeasuredRates.TargetDuration([Segments((0.04, 1))]));
        Assert.Throws<ArgumentException>(() => MediaPlaylist.Build(track, 9));
    }

    [Theory]
    [InlineData("kor", "ko")]
    [InlineData("eng", "en")]
    [InlineData("en", "en")]
    [InlineData("GER", "de")]
    [InlineData("yue", "yue")]
    [InlineData("und", "und")]
    [InlineData(null, "und")]
    [InlineData("a\"b", "und")]
    [InlineData("e\nn", "und")]
    public void A_language_is_a_tag_that_players_know(string? code, string tag) =>
        Assert.Equal(tag, AudioLanguage.From(code).Tag);

    private static MeasuredTrack Video(string name, string size, int bytes) => new(
        name, "avc1.64001f", PixelSize.Parse(size), new FrameRate(30000, 1001), true,
        [
            new("seg_00000.m4s", 2.002, bytes, [new(0, 25_000, 2.002)]),
            new("seg_00001.m4s", 0.5005, bytes / 5, [new(0, 20_000, 0.5005)]),
        ]);

    private static MeasuredTrack Segments(params (double Seconds, long Bytes)[] segments) => new(
        "v480-2000k", "avc1.64001f", new PixelSize(854, 480), new FrameRate(25, 1), true,
        [.. segments.Select((segment, index) => new MeasuredSegment($"seg_{index:D5}.m4s", segment.Seconds, segment.Bytes, []))]);
}
