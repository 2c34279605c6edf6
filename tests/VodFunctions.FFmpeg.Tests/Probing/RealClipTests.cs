using VodFunctions.Core.Media;
using VodFunctions.Core.Probing;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Probing;

/// <summary>What is accepted, as ffprobe reads it.</summary>
public sealed class RealClipTests(Clips clips) : IClassFixture<Clips>
{
    [Fact]
    public async Task An_mp4_with_its_index_at_the_end_is_understood()
    {
        SourceFacts facts = await Probers.FactsAsync(await clips.Mp4());

        Assert.Equal("mov", facts.Demuxer);
        Assert.Equal((0, 1), (facts.VideoStream, facts.AudioStream));
        Assert.Equal("h264", facts.VideoCodec);
        Assert.Equal(new PixelSize(160, 90), facts.ShownSize);
        Assert.Equal(new FrameRate(30, 1), facts.FrameRate);
        Assert.Equal(2, facts.DurationSeconds, 0.01);
        Assert.InRange(facts.VideoBitrate.BitsPerSecond, 10_000, 2_000_000);
        Assert.Equal((0, DynamicRange.Sdr), (facts.QuarterTurns, facts.DynamicRange));
        Assert.Equal((0.0, null), (facts.StartSeconds, facts.ClockJumps));
    }

    [Theory]
    [InlineData("fragmented.mp4", "-movflags frag_keyframe+empty_moov -f mp4", "mov", "h264")]
    [InlineData("stream.ts", "-f mpegts", "mpegts", "h264")]
    [InlineData("clip.mkv", "-f matroska", "matroska", "h264")]
    [InlineData("clip.flv", "-f flv", "flv", "h264")]
    public async Task Containers_written_into_a_pipe_are_measured_by_their_packets(
        string name, string format, string demuxer, string codec)
    {
        SourceFacts facts =
            await Probers.FactsAsync(await clips.MakePiped(name, $"{Clips.Picture} {Clips.Sound} {Clips.H264} -c:a aac {format}"));

        Assert.Equal((demuxer, codec), (facts.Demuxer, facts.VideoCodec));
        Assert.Equal(2, facts.DurationSeconds, 0.05);
        Assert.Equal(new FrameRate(30, 1), facts.FrameRate);
        Assert.NotNull(facts.AudioStream);
    }

    [Theory]
    [InlineData("vp8.webm", "-c:v libvpx -deadline realtime -f webm", "vp8")]
    [InlineData("vp9.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -f webm", "vp9")]
    public async Task A_browsers_webm_that_declares_no_duration_is_measured(string name, string codec, string expected)
    {
        SourceFacts facts = await Probers.FactsAsync(await clips.MakePiped(name, $"{Clips.Picture} {codec}"));

        Assert.Equal(("matroska", expected), (facts.Demuxer, facts.VideoCodec));
        Assert.Equal(2, facts.DurationSeconds, 0.05);
        Assert.Equal(new FrameRate(30, 1), facts.FrameRate);
    }

    [Theory]
    [InlineData("clip.avi", "-c:v mpeg4 -c:a libmp3lame", "avi", "mpeg4")]
    [InlineData("clip.mpg", "-c:v mpeg2video -c:a mp2 -f vob", "mpeg", "mpeg2video")]
    [InlineData("clip.wmv", "-c:v wmv2 -c:a wmav2", "asf", "wmv2")]
    [InlineData("clip.ogv", "-c:v libtheora -c:a libvorbis", "ogg", "theora")]
    [InlineData("clip.mxf", "-c:v mpeg2video -r 25 -c:a pcm_s16le -ar 48000", "mxf", "mpeg2video")]
    [InlineData("hevc.mov", "-c:v libx265 -preset ultrafast -x265-params log-level=none -c:a aac", "mov", "hevc")]
    public async Task Old_and_new_codecs_and_containers_are_understood(string name, string codecs, string demuxer, string video)
    {
        SourceFacts facts = await Probers.FactsAsync(await clips.Make(name, $"{Clips.Picture} {Clips.Sound} {codecs}"));

        Assert.Equal((demuxer, video), (facts.Demuxer, facts.VideoCodec));
        Assert.Equal(2, facts.DurationSeconds, 0.1);
        Assert.NotNull(facts.AudioStream);
    }

    [Theory]
    [InlineData(90, 1)]
    [InlineData(-90, 3)]
    [InlineData(180, 2)]
    [InlineData(270, 3)]
    public async Task A_turned_picture_has_its_shown_size(int clockwise, int quarters)
    {
        // Both ways of FFmpeg 5.1 and 6.1 are the same box in the file: the matrix of the track header.
        string turned = await clips.Change($"turned{clockwise}.mp4", clips.Mp4(), bytes => DisplayMatrix.Turn(bytes, clockwise));
        SourceFacts facts = await Probers.FactsAsync(turned);

        Assert.Equal(quarters, facts.QuarterTurns);
        Assert.Equal(quarters % 2 == 1 ? new PixelSize(90, 160) : new PixelSize(160, 90), facts.ShownSize);
    }

    [Fact]
    public async Task Anamorphic_pixels_are_made_square_in_the_shown_size()
    {
        string wide = await clips.Make("wide.mp4", $"{Clips.Picture} -vf setsar=16/9 {Clips.H264}");

        Assert.Equal(new PixelSize(284, 90), (await Probers.FactsAsync(wide)).ShownSize);
    }

    [Fact]
    public async Task Odd_sizes_are_reported_as_they_are()
    {
        string odd = await clips.Make("odd.mkv", "-f lavfi -i testsrc=s=161x91:r=25:d=1 -c:v ffv1");

        Assert.Equal(new PixelSize(161, 91), (await Probers.FactsAsync(odd)).ShownSize);
    }

    [Theory]
    [InlineData("inter.mp4", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p", true)]
    [InlineData("inter.webm", "-c:v libvpx -deadline realtime", false)]
    public async Task Frames_of_cameras_codecs_may_be_interlaced(string name, string codec, bool may)
    {
        string clip = await clips.Make(name, $"{Clips.Picture} {codec}");

        Assert.Equal(may, (await Probers.FactsAsync(clip)).MayBeInterlaced);
    }

    [Theory]
    [InlineData("smpte2084", DynamicRange.Pq)]
    [InlineData("arib-std-b67", DynamicRange.Hlg)]
    [InlineData("bt709", DynamicRange.Sdr)]
    public async Task The_curve_of_hdr_is_noticed(string curve, DynamicRange expected)
    {
        string clip = await clips.Make($"{curve}.mp4",
            $"{Clips.Picture} -c:v libx264 -preset ultrafast -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc {curve} -colorspace bt2020nc");

        Assert.Equal(expected, (await Probers.FactsAsync(clip)).DynamicRange);
    }

    [Fact]
    public async Task A_variable_frame_rate_gives_the_natural_one_and_the_true_duration()
    {
        string dropped = await clips.Make("vfr.mp4",
            $"-f lavfi -i testsrc=s=160x90:r=30000/1001:d=4 -vf select='not(eq(mod(n,7),3))*not(between(n,40,70))' -fps_mode vfr {Clips.H264}");
        SourceFacts facts = await Probers.FactsAsync(dropped);

        Assert.Equal(new FrameRate(30000, 1001), facts.FrameRate);
        Assert.Equal(4, facts.DurationSeconds, 0.1);
    }

    [Theory]
    [InlineData("90000/2999", "30/1")]
    [InlineData("78125/417", "60/1")]
    [InlineData("1000", "60/1")]
    [InlineData("120", "60/1")]
    [InlineData("24000/1001", "24000/1001")]
    [InlineData("25", "25/1")]
    [InlineData("15", "15/1")]
    public async Task Absurd_frame_rates_become_sane_ones(string rate, string expected)
    {
        string clip = await clips.Make($"rate{rate.Replace('/', '-')}.mkv",
            $"-f lavfi -i testsrc=s=64x36:r={rate}:d=1 -c:v libx264 -preset ultrafast");

        Assert.Equal(FrameRate.Parse(expected), (await Probers.FactsAsync(clip)).FrameRate);
    }

    [Fact]
    public async Task No_sound_is_fine()
    {
        string silent = await clips.Make("silent.mp4", $"{Clips.Picture} {Clips.H264}");

        Assert.Null((await Probers.FactsAsync(silent)).AudioStream);
    }

    [Fact]
    public async Task Of_several_sounds_the_default_one_is_taken_with_its_language()
    {
        string clip = await clips.Make("sounds.mkv",
            $"{Clips.Picture} {Clips.Sound} {Clips.Sound} -map 0 -map 1 -map 2 {Clips.H264} -c:a aac "
            + "-metadata:s:a:0 language=eng -metadata:s:a:1 language=kor -disposition:a:0 0 -disposition:a:1 default");
        SourceFacts facts = await Probers.FactsAsync(clip);

        Assert.Equal((2, "kor"), (facts.AudioStream, facts.AudioLanguage));
    }

    [Fact]
    public async Task Sound_that_cannot_be_decoded_is_no_sound()
    {
        // The codec's name in the track's description, replaced by one that does not exist.
        Task<string> whole = clips.Make("sound.mkv", $"{Clips.Picture} {Clips.Sound} {Clips.H264} -c:a aac");
        string clip = await clips.Change("nosound.mkv", whole, bytes => Bytes.Replace(bytes, "A_AAC"u8, "A_XXX"u8));

        Assert.Null((await Probers.FactsAsync(clip)).AudioStream);
    }

    [Fact]
    public async Task Damage_in_the_middle_is_accepted()
    {
        string damaged = await clips.Change("damaged.mp4", clips.FastStart(), bytes =>
        {
            bytes.AsSpan(bytes.Length / 2, bytes.Length / 20).Fill(0xA5);
            return bytes;
        });

        Assert.Equal(2, (await Probers.FactsAsync(damaged)).DurationSeconds, 0.05);
    }

    [Fact]
    public async Task The_name_of_a_file_tells_nothing()
    {
        string renamed = await clips.Change("holiday.txt", clips.Mp4(), bytes => bytes);

        Assert.Equal("mov", (await Probers.FactsAsync(renamed)).Demuxer);
    }
}
