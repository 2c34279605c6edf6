using VodFunctions.Core.Media;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Stills;
using VodFunctions.FFmpeg.Tests.Support;
using VodFunctions.FFmpeg.Transcoding;

namespace VodFunctions.FFmpeg.Tests.Transcoding;

/// <summary>Whole commands, so that any change of an argument is seen.</summary>
public sealed class CommandTests
{
    private const string Head = "-hide_banner -y -loglevel warning -nostats -stats_period 0.5 -progress pipe:1 "
        + "-protocol_whitelist file,pipe -format_whitelist mov,mp4,m4a,3gp,3g2,mj2 -f mov -max_pixels 40500000 "
        + "-copyts -probesize 50000000 -analyzeduration 60000000 ";

    private const long MaxPixels = 36_000_000;

    private const string Stripped = "-map_metadata -1 -map_chapters -1 -sn -dn ";

    private static readonly TimeGrid s_grid = new(new(30000, 1001), 300, 10, true);

    private static readonly SourceFacts s_facts = new()
    {
        VideoStream = 1,
        AudioStream = 0,
        Demuxer = "mov,mp4,m4a,3gp,3g2,mj2",
        VideoCodec = "h264",
        ShownSize = new(1920, 1080),
        FrameRate = s_grid.FrameRate,
        DurationSeconds = 10.01,
        StartSeconds = 1.4,
        VideoBitrate = Bitrate.Parse("8M"),
    };

    [Fact]
    public void Two_renditions_come_from_one_decode_the_smaller_from_the_larger() => Assert.Equal(
        Head + "-i /in/source "
        + "-filter_complex [0:1]setpts='round(PTS-(1.4)/TB)',select='gte(t,-0.1)*lt(t,10.01)',fps=30000/1001:eof_action=pass,"
        + "tpad=stop=-1:stop_mode=clone,trim=end_pts=300," + Inside("1280", "720", "1.724444", "1.831111")
        + ":in_color_matrix=bt709:out_color_matrix=bt709:out_range=tv,pad=1280:720:-1:-1:eval=frame,setsar=1,format=yuv420p,"
        + "split=2[v0][s1];[s1]scale=854:480,setsar=1[v1] "
        + Rendition(0, "4000000") + Rendition(1, "2000000").TrimEnd(),
        Text(VideoCommand.Build(Work(Packaging.Cmaf), MaxPixels, zscale: false, [])));

    [Fact]
    public void A_picture_that_is_shown_for_many_frames_is_scaled_once()
    {
        VideoWork work = Work(Packaging.Cmaf);

        string few = Text(VideoCommand.Build(work with { Facts = s_facts with { PictureCount = 299 } }, MaxPixels, false, []));
        string many = Text(VideoCommand.Build(work with { Facts = s_facts with { PictureCount = 300 } }, MaxPixels, false, []));

        Assert.Contains("[0:1]scale=", few);
        Assert.Contains(",pad=1280:720:-1:-1:eval=frame,setsar=1,format=yuv420p,setpts=", few);
        Assert.Contains(",tpad=stop=-1:stop_mode=clone,trim=end_pts=300,split=2[v0][s1]", few);
        Assert.Contains("[0:1]setpts=", many);
    }

    [Fact]
    public void Mpeg_ts_has_the_sound_in_every_rendition()
    {
        string command = Text(VideoCommand.Build(Work(Packaging.MpegTs), MaxPixels, zscale: false, SoundCommand.DecodedInput));

        Assert.Contains(
            "-i /in/source -copyts -protocol_whitelist file,pipe -format_whitelist nut -f nut -i sound.nut ", command);
        Assert.Contains(
            "[v1] -filter_complex [1:0]aresample=48000:async=1:min_hard_comp=0.05:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo,apad,"
            + "atrim=end_sample=481280,asplit=2[a0][a1] -map [v0] -map [a0] ",
            command);
        Assert.EndsWith(
            "-c:a aac -profile:a aac_low -b:a 128000 -f hls -hls_time 0.1 -hls_list_size 1 -hls_flags temp_file "
            + "-hls_segment_type mpegts -hls_segment_options pat_period=3600:sdt_period=3600 -muxdelay 0 -muxpreload 0 "
            + "-avoid_negative_ts disabled -output_ts_offset 10 -hls_segment_filename r1/g%06d.ts r1/groups.m3u8",
            command);
    }

    [Fact]
    public void The_sound_is_decoded_to_samples_at_their_times() => Assert.Equal(
        Head.Replace("-protocol_whitelist", "-max_error_rate 1 -protocol_whitelist", StringComparison.Ordinal)
        + "-guess_layout_max 2 -i /in/source -filter_complex [0:0]asetpts='round(PTS-(1.4)/TB)',aselect='gte(t,-1)*lt(t,10.01)',"
        + "atrim=start=0,aresample=48000,aformat=sample_fmts=s16:channel_layouts=stereo[a] -map [a] " + Stripped
        + "-c:a pcm_s16le -f nut sound.nut",
        Text(SoundCommand.Decode("/in/source", s_facts, s_grid, MaxPixels)));

    [Fact]
    public void The_sound_alone_is_an_adts_stream() => Assert.Equal(
        "-hide_banner -y -loglevel warning -nostats -stats_period 0.5 -progress pipe:1 "
        + "-copyts -protocol_whitelist file,pipe -format_whitelist nut -f nut -i sound.nut "
        + "-filter_complex [0:0]aresample=48000:async=1:min_hard_comp=0.05:first_pts=0,"
        + "aformat=sample_fmts=fltp:channel_layouts=stereo,apad,atrim=end_sample=481280[a] -map [a] " + Stripped
        + "-c:a aac -profile:a aac_low -b:a 128000 -f adts sound.aac",
        Text(SoundCommand.Encode(SoundCommand.DecodedInput, s_grid, Bitrate.Parse("128k"))));

    [Fact]
    public void Channels_that_say_no_place_are_heard_on_both_sides() => Assert.StartsWith(
        "pan=stereo|c0<c0+c1+c2|c1<c0+c1+c2,asetpts=", SoundFilter.Collect(s_facts with { UnplacedChannels = 3 }, s_grid));

    [Fact]
    public void Only_frames_that_say_so_are_deinterlaced() => Assert.Contains(
        "[0:1]bwdif=mode=send_frame:deint=interlaced,setpts=",
        Text(VideoCommand.Build(Work(Packaging.Cmaf) with { Facts = s_facts with { MayBeInterlaced = true } }, MaxPixels, false, [])));

    [Fact]
    public void A_file_whose_clock_jumps_is_copied_with_one_clock()
    {
        SourceFacts facts = s_facts with { Demuxer = "mpegts", ClockJumps = [new(1, 60, 2.5), new(0, 94, 2.5), new(1, 120, 5)] };

        Assert.Equal(
            Head.Replace("mov,mp4,m4a,3gp,3g2,mj2 -f mov", "mpegts -f mpegts", StringComparison.Ordinal)
            + "-i /in/source -map 0:1 -map 0:0 " + Stripped + "-c copy -copyinkf "
            + "-bsf:0 setts=pts='if(eq(PTS,NOPTS),NOPTS,PTS+round((8.6+gte(N,60)*(2.5)+gte(N,120)*(2.5))/TB))':"
            + "dts='if(eq(DTS,NOPTS),NOPTS,DTS+round((8.6+gte(N,60)*(2.5)+gte(N,120)*(2.5))/TB))' "
            + "-bsf:1 setts=pts='if(eq(PTS,NOPTS),NOPTS,PTS+round((8.6+gte(N,94)*(2.5))/TB))':"
            + "dts='if(eq(DTS,NOPTS),NOPTS,DTS+round((8.6+gte(N,94)*(2.5))/TB))' "
            + "-muxdelay 0 -muxpreload 0 -avoid_negative_ts disabled -f mpegts joined",
            Text(JoinCommand.Build("/in/source", facts, MaxPixels, JoinCommand.Units(facts)[0])));
        SourceFacts copied = JoinCommand.FactsOf(facts);
        Assert.Equal((0, 1, 10.0, null), (copied.VideoStream, copied.AudioStream, copied.StartSeconds, copied.ClockJumps));
    }

    [Theory]
    [InlineData(DynamicRange.Pq, true, "pad=1280:720:-1:-1:eval=frame,setsar=1,zscale=tin=smpte2084:pin=bt2020:min=2020_ncl:t=linear")]
    [InlineData(DynamicRange.Hlg, true, "pad=1280:720:-1:-1:eval=frame,setsar=1,zscale=tin=arib-std-b67:pin=bt2020:min=2020_ncl:t=linear")]
    [InlineData(DynamicRange.Pq, false, "in_color_matrix=bt2020:out_color_matrix=bt709")]
    public void Hdr_is_mapped_where_the_build_can(DynamicRange range, bool zscale, string expected) => Assert.Contains(
        Inside("1280", "720", "1.724444", "1.831111") + (zscale ? "," : ":") + expected,
        Text(VideoCommand.Build(Work(Packaging.Cmaf) with { Facts = s_facts with { DynamicRange = range } }, MaxPixels, zscale, [])));

    [Theory]
    [InlineData(null, "1920x1080", "bt709")]
    [InlineData(null, "720x576", "smpte170m")]
    [InlineData("unknown", "640x480", "smpte170m")]
    [InlineData("bt709", "640x480", "bt709")]
    [InlineData("bt470bg", "1920x1080", "bt470")]
    public void A_matrix_that_is_not_said_follows_from_the_size(string? said, string size, string expected) => Assert.Contains(
        $"in_color_matrix={expected}:",
        Text(VideoCommand.Build(
            Work(Packaging.Cmaf) with { Facts = s_facts with { ColorMatrix = said, ShownSize = PixelSize.Parse(size) } }, MaxPixels, false, [])));

    [Fact]
    public void The_storyboard_reads_keyframes_only()
    {
        var work = new StillsWork("/in/source", s_facts, s_grid, new(1280, 720));

        Assert.Equal(
            Head + "-skip_frame nokey -discard nokey -i /in/source -filter_complex [0:1]setpts='round(PTS-(1.4)/TB)',"
            + "select='gte(t,-0.1)*lt(t,10.01)',fps=1000/500:start_time=0:eof_action=pass,"
            + "tpad=stop=-1:stop_mode=clone,fps=1000/2000:start_time=0,trim=end_frame=6," + Inside("160", "90", "1.724444", "1.831111")
            + ":in_color_matrix=bt709:out_color_matrix=smpte170m:out_range=pc:flags=bicubic+accurate_rnd+full_chroma_int,pad=160:90:-1:-1:eval=frame,setsar=1,format=yuvj420p,"
            + "tile=6x1[t] -map [t] " + Stripped + "-frames:v 1 -c:v mjpeg -q:v 3 -f image2 -update 1 storyboard.jpg",
            Text(StillsCommand.Storyboard(work, StoryboardPlan.For(work.PosterSize, s_grid), MaxPixels, false, true)));
    }

    /// <summary>FFmpeg's filter that turns pictures reads beyond one that is smaller than the first.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void The_filters_of_a_storyboard_stay_for_other_sizes_where_nothing_is_turned(bool shownAsCoded, bool stay)
    {
        var work = new StillsWork("/in/source", s_facts with { ShownAsCoded = shownAsCoded }, s_grid, new(1280, 720));

        string command = Text(StillsCommand.Storyboard(work, StoryboardPlan.For(work.PosterSize, s_grid), MaxPixels, false, true));

        Assert.Equal(stay, command.Contains("-reinit_filter 0", StringComparison.Ordinal));
        Assert.Equal(stay, command.Contains("-noautorotate", StringComparison.Ordinal));
    }

    /// <summary>Twice the time: not for an hour of moving pictures at 667 kbit/s, whose quality is 25.5.</summary>
    [Theory]
    [InlineData(null, false)]
    [InlineData(25.5, false)]
    [InlineData(28.0, true)]
    [InlineData(34.3, true)]
    public void Only_what_has_few_bits_is_encoded_with_care(double? quality, bool careful)
    {
        VideoWork work = Work(Packaging.Cmaf);

        string command = Text(VideoCommand.Build(
            work with { Renditions = [work.Renditions[0] with { Quality = quality }] }, MaxPixels, false, []));

        Assert.Equal(careful, command.Contains(":trellis=2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("frame=150", 0.5, null)]
    [InlineData("frame= 999999", 1.0, null)]
    [InlineData("out_time_us=5000000", null, 0.5)]
    [InlineData("out_time_us=-21333", null, 0.0)]
    [InlineData("out_time_us=N/A", null, null)]
    [InlineData("progress=end", null, null)]
    public void Progress_is_read_from_its_lines(string line, double? byFrames, double? byTime)
    {
        Assert.Equal(byFrames, ProgressLine.ByFrames(line, 300));
        Assert.Equal(byTime, ProgressLine.ByTime(line, 10));
    }

    [Fact]
    public void A_message_names_no_path_of_the_machine()
    {
        string tail = RunOutcome.Tail(
            "one\ntwo\n[hls @ 0x55d0c8f0] Failed to open file '/srv/run-1/r0/g.tmp'\n/srv/in/a b: broken\n", "/srv/in/a b");

        Assert.Equal("two | [hls] Failed to open file '(file)' | (file): broken", tail);
    }

    private static string Rendition(int index, string ceiling) =>
        $"-map [v{index}] -fps_mode:v cfr -frames:v 300 {Stripped}"
        + "-c:v libx264 -preset veryfast -profile:v high -pix_fmt yuv420p "
        + $"-crf 23 -maxrate {ceiling} -bufsize {ceiling} -a53cc 0 "
        + "-force_key_frames expr:gte(n*1001,n_forced*60000) -forced-idr 1 "
        + "-x264-params keyint=infinite:scenecut=0:open-gop=0:bframes=3:b-pyramid=normal "
        + "-color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709 "
        + "-f hls -hls_time 0.1 -hls_list_size 1 -hls_flags temp_file -hls_segment_type fmp4 -hls_fmp4_init_filename init.mp4 "
        + "-hls_segment_options movflags=+frag_discont+negative_cts_offsets+skip_sidx:use_editlist=0 "
        + "-muxdelay 0 -muxpreload 0 -avoid_negative_ts disabled "
        + $"-hls_segment_filename r{index}/g%06d.m4s r{index}/groups.m3u8 ";

    private static string Inside(string width, string height, string narrowest, string widest)
    {
        const string shape = "iw/ih*if(between(sar,1/8,8),sar,1)";
        return $"scale=eval=frame:w='if(gte({shape},{narrowest}),{width},max(2,2*round({height}*{shape}/2)))'"
            + $":h='if(lte({shape},{widest}),{height},max(2,2*round({width}/({shape})/2)))'";
    }

    private static VideoWork Work(Packaging packaging) => new(
        "/in/source", s_facts, s_grid, [Job.Rendition("1280x720", "4M"), Job.Rendition("854x480", "2M")], packaging,
        Bitrate.Parse("128k"));

    private static string Text(IReadOnlyList<string> arguments) => string.Join(' ', arguments);
}
