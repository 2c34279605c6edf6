using VodFunctions.Core.Media;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Videos;
using VodFunctions.FFmpeg.Probing;

namespace VodFunctions.FFmpeg.Tests.Probing;

/// <summary>The rules on what ffprobe says, without ffprobe.</summary>
public sealed class ProbeRulesTests
{
    private const string Phone = """
        {"streams": [
          {"index": 0, "codec_name": "hevc", "codec_type": "video", "width": 1920, "height": 1080, "coded_width": 1920,
           "coded_height": 1088, "sample_aspect_ratio": "1:1", "color_transfer": "arib-std-b67", "r_frame_rate": "60/1",
           "duration": "4.020000", "disposition": {"default": 1, "attached_pic": 0}, "tags": {"language": "und"},
           "side_data_list": [{"side_data_type": "DOVI configuration record"},
             {"side_data_type": "Display Matrix", "displaymatrix": "...", "rotation": -90}]},
          {"index": 1, "codec_type": "audio", "codec_name": "none", "channels": 4, "sample_rate": "48000",
           "disposition": {"default": 1}},
          {"index": 2, "codec_type": "audio", "codec_name": "aac", "channels": 2, "sample_rate": "48000",
           "disposition": {"default": 0}, "tags": {"language": "kor"}},
          {"index": 3, "codec_type": "data", "codec_tag_string": "mebx"}],
         "format": {"nb_streams": 4, "format_name": "mov,mp4,m4a,3gp,3g2,mj2", "duration": "4.038333", "probe_score": 100}}
        """;

    private static readonly SourceLimits s_limits = new();
    private static readonly ProbeRules s_rules = new(s_limits, new HashSet<string> { "h264", "hevc", "aac", "mjpeg" });

    [Fact]
    public void A_phones_recording_is_shown_upright_and_its_decodable_sound_taken()
    {
        FfprobeReport report = FfprobeReport.Parse(Phone);
        (IReadOnlyList<FfprobeStream> videos, JobError? error) = s_rules.VideoChoices(report);

        Assert.Null(error);
        FfprobeStream video = Assert.Single(videos);
        Assert.Equal(0, video.Index);
        Assert.Equal(new PixelSize(1080, 1920), PictureGeometry.ShownSize(video));
        Assert.Equal(1, PictureGeometry.QuarterTurns(video));
        Assert.Equal([2], s_rules.AudioChoices(report, new HashSet<int> { 0, 1, 2 }).Select(stream => stream.Index));
        Assert.Empty(s_rules.AudioChoices(report, new HashSet<int> { 0, 1 }));
    }

    [Theory]
    [InlineData("""{"streams": [], "format": {"nb_streams": 0}}""", JobErrorCode.MalformedVideo)]
    [InlineData("""{"format": {"nb_streams": 33}}""", JobErrorCode.MalformedVideo)]
    [InlineData("""{"streams": [{"codec_type": "audio", "codec_name": "aac"}]}""", JobErrorCode.NotAVideo)]
    [InlineData("""{"streams": [{"codec_type": "video", "codec_name": "mjpeg", "disposition": {"attached_pic": 1}}]}""", JobErrorCode.NotAVideo)]
    [InlineData("""{"streams": [{"codec_type": "video", "codec_name": "none", "width": 9, "height": 9}]}""", JobErrorCode.UnsupportedCodec)]
    [InlineData("""{"streams": [{"codec_type": "video", "width": 9, "height": 9}]}""", JobErrorCode.UnsupportedCodec)]
    public void Streams_are_refused_with_their_code(string json, JobErrorCode code) =>
        Assert.Equal(code, s_rules.VideoChoices(FfprobeReport.Parse(json)).Error!.Code);

    [Theory]
    [InlineData(16000, 9000, 0, 0, null)]
    [InlineData(16, 9, 8000, 8000, null)]
    [InlineData(6000, 4000, 0, 0, "2:1")]
    public void Pictures_are_refused_for_their_coded_and_their_shown_size(
        int width, int height, int codedWidth, int codedHeight, string? aspect) => Assert.Equal(
        JobErrorCode.TooManyPixels,
        s_rules.JudgeSize(new()
        {
            Width = width,
            Height = height,
            CodedWidth = codedWidth,
            CodedHeight = codedHeight,
            SampleAspectRatio = aspect,
        })!.Code);

    [Fact]
    public void A_cover_before_the_moving_picture_is_passed_over()
    {
        FfprobeReport report = FfprobeReport.Parse("""
            {"streams": [{"index": 0, "codec_type": "video", "codec_name": "mjpeg", "width": 6000, "height": 9000, "disposition": {"attached_pic": 1}},
                         {"index": 1, "codec_type": "video", "codec_name": "h264", "width": 640, "height": 360}]}
            """);

        Assert.Equal([1], s_rules.VideoChoices(report).Videos.Select(video => video.Index));
    }

    [Theory]
    [InlineData(0, 0.04, JobErrorCode.MalformedVideo)]
    [InlineData(1, 0.04, JobErrorCode.NotAVideo)]
    [InlineData(2, 0.04, JobErrorCode.TooShort)]
    [InlineData(3, 1300, JobErrorCode.TooLong)]
    [InlineData(1, 36000, JobErrorCode.TooLong)]
    [InlineData(2001, 0.0005, JobErrorCode.MalformedVideo)]
    [InlineData(50, 0.04, null)]
    public void Packets_are_judged(int pictures, double seconds, JobErrorCode? code)
    {
        PacketScan scan = Scan(pictures, seconds);
        FfprobeReport report = FfprobeReport.Parse(Phone.Replace("4.020000", "0", StringComparison.Ordinal));

        Assert.Equal(code, s_rules.Judge(report, report.Streams[0], "mov", scan, isTorn: false)?.Code);
    }

    [Theory]
    [InlineData("mov", 50, true)]
    [InlineData("avi", 50, true)]
    [InlineData("matroska", 50, true)]
    [InlineData("mpegts", 50, false)]
    [InlineData("flv", 50, false)]
    [InlineData("mov", 99, false)]
    public void Half_of_what_was_declared_is_truncated_in_a_torn_file_only(string demuxer, int pictures, bool truncated)
    {
        FfprobeReport report = FfprobeReport.Parse(Phone);
        JobErrorCode? Judge(bool isTorn) =>
            s_rules.Judge(report, report.Streams[0], demuxer, Scan(pictures, 0.04), isTorn)?.Code;

        Assert.Equal(truncated ? JobErrorCode.MalformedVideo : null, Judge(isTorn: true));
        Assert.Null(Judge(isTorn: false));
    }

    [Fact]
    public void Reading_stops_as_soon_as_the_verdict_is_clear()
    {
        Assert.True(s_rules.IsHopeless(Scan(40, 100)));
        Assert.False(s_rules.IsHopeless(Scan(30, 100)));
    }

    [Theory]
    [InlineData(-90.0, 1)]
    [InlineData(90.0, 3)]
    [InlineData(180.0, 2)]
    [InlineData(-180.0, 2)]
    [InlineData(-450.0, 1)]
    [InlineData(0.0, 0)]
    [InlineData(17.0, 0)]
    [InlineData(-2147483648.0, 0)]
    public void Rotation_is_counted_in_clockwise_quarters(double degrees, int quarters) => Assert.Equal(
        quarters,
        PictureGeometry.QuarterTurns(new() { SideDataList = [new() { SideDataType = "Display Matrix", Rotation = degrees }] }));

    [Theory]
    [InlineData("270", 3)]
    [InlineData("-90", 3)]
    [InlineData("nonsense", 0)]
    public void A_rotation_tag_counts_where_there_is_no_matrix(string tag, int quarters) => Assert.Equal(
        quarters, PictureGeometry.QuarterTurns(new() { Tags = new Dictionary<string, string> { ["rotate"] = tag } }));

    [Theory]
    [InlineData("4:3", 960, 540)]
    [InlineData("0:1", 720, 540)]
    [InlineData("1:1000", 720, 540)]
    [InlineData("x", 720, 540)]
    [InlineData(null, 720, 540)]
    public void Pixels_are_made_square_unless_their_shape_is_absurd(string? ratio, int width, int height) => Assert.Equal(
        new PixelSize(width, height),
        PictureGeometry.ShownSize(new() { Width = 720, Height = 540, SampleAspectRatio = ratio }));

    [Fact]
    public void Codecs_that_can_be_decoded_are_read_from_FFmpegs_list() => Assert.Equal(
        ["aac", "h264"],
        DecodableCodecs.Parse(
        [
            "Codecs:", " D..... = Decoding supported", " -------", " DEV.LS h264                 H.264 / AVC (decoders: h264)",
            " .EVIL. a64_multi            Multicolor charset", " DEAIL. aac                  AAC (Advanced Audio Coding)",
        ]).Order());

    private static PacketScan Scan(int pictures, double seconds)
    {
        var scan = new PacketScan(0, ClockRule.Steady);
        for (int index = 0; index < pictures; index++)
        {
            scan.Add(new PacketLine(0, index * seconds, index * seconds, seconds, 100, false));
        }

        return scan;
    }
}
