using VodFunctions.Core.Publishing;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Transcoding;

public sealed class RenditionTests
{
    [Theory]
    [InlineData("25/1", Packaging.Cmaf)]
    [InlineData("30000/1001", Packaging.Cmaf)]
    [InlineData("24000/1001", Packaging.Cmaf)]
    [InlineData("60000/1001", Packaging.Cmaf)]
    [InlineData("25/1", Packaging.MpegTs)]
    [InlineData("30000/1001", Packaging.MpegTs)]
    public async Task Every_rate_has_its_frames_and_keyframes_on_the_grid(string rate, Packaging packaging)
    {
        using Clip clip = await Clip.SimpleAsync("160x90", rate, 12.3);
        using var job = new Job(clip) { Packaging = packaging };

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        await Verify.AllAsync(job);
    }

    [Theory]
    [InlineData(Packaging.Cmaf)]
    [InlineData(Packaging.MpegTs)]
    public async Task One_process_or_many_make_the_same_files_with_the_same_boundaries(Packaging packaging)
    {
        using Clip clip = await Clip.SimpleAsync("320x180", "30000/1001", 7);
        using var shared = new Job(clip) { Packaging = packaging };
        using var single = new Job(clip) { Packaging = packaging };
        var renditions = new[] { Job.Rendition("320x180"), Job.Rendition("214x120", "300k"), Job.Rendition("160x90", "150k") };

        await shared.RunAsync(Grouping.SharedDecode, renditions);
        await single.RunAsync(Grouping.PerRendition, renditions);

        await Verify.AllAsync(shared);
        await Verify.AllAsync(single);
        Assert.Equal(shared.Sink.Names.Order(), single.Sink.Names.Order());
        Assert.Equal(Boundaries(shared), Boundaries(single));
        if (packaging == Packaging.Cmaf)
        {
            Assert.All(renditions, rendition => Assert.Equal(Init(shared, rendition.Name), Init(single, rendition.Name)));
        }

        static string[] Boundaries(Job job) =>
        [
            .. job.Video.SelectMany(track => track.Segments.Select(segment => FormattableString.Invariant(
                $"{track.Name}/{segment.File} {segment.DurationSeconds} {track.Codecs} {segment.KeyFrames.Count}"))),
        ];

        static byte[] Init(Job job, string name) => File.ReadAllBytes(Path.Combine(job.Output, name, "init.mp4"));
    }

    [Fact]
    public async Task A_fast_start_has_short_segments_first_and_can_be_turned_off()
    {
        using Clip clip = await Clip.SimpleAsync("96x54", "10/1", 33, sound: false);
        using var fast = new Job(clip);
        using var plain = new Job(clip, options => options.FastStart = false);

        await fast.RunAsync(Grouping.SharedDecode, Job.Rendition("96x54"));
        await plain.RunAsync(Grouping.SharedDecode, Job.Rendition("96x54"));

        await Verify.AllAsync(fast);
        await Verify.AllAsync(plain);
        Assert.Equal([2.0, 2, 4, 6, 6, 10, 3], fast.Video[0].Segments.Select(segment => Math.Round(segment.DurationSeconds, 6)));
        Assert.Equal([10.0, 10, 10, 3], plain.Video[0].Segments.Select(segment => Math.Round(segment.DurationSeconds, 6)));
    }

    [Theory]
    [InlineData(1, Packaging.Cmaf)]
    [InlineData(3, Packaging.Cmaf)]
    [InlineData(51, Packaging.Cmaf)]
    [InlineData(1, Packaging.MpegTs)]
    public async Task A_clip_of_a_few_frames_is_one_too(int frames, Packaging packaging)
    {
        using Clip clip = await Clip.SimpleAsync("160x90", "25/1", frames / 25.0);
        using var job = new Job(clip) { Packaging = packaging };

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"), Job.Rendition("96x54", "100k"));

        await Verify.AllAsync(job);
        Assert.Equal(frames, job.Grid.FrameCount);
    }

    [Fact]
    public async Task A_ceiling_holds_where_the_picture_would_take_more()
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 12, false, "source.mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=12,noise=alls=60:allf=t", "-c:v", "libx264", "-preset",
                "ultrafast", "-crf", "18", "-pix_fmt", "yuv420p",
            ]);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90", "200k"));

        Assert.True(new FileInfo(clip.Path).Length * 8 / 12 > 400_000);
        long average = MeasuredRates.Average(job.Video[0]);
        Assert.InRange(average, 150_000, 220_000);
        Assert.InRange(MeasuredRates.Peak(job.Video[0], 6), average, 2 * average);
    }

    [Fact]
    public async Task The_published_level_and_size_are_what_was_made()
    {
        using Clip clip = await Clip.SimpleAsync("160x90", "25/1", 1);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        Assert.Matches("^avc1\\.6400(0a|0b|0c|0d)$", job.Video[0].Codecs);
        Assert.Equal("mp4a.40.2", job.Audio!.Codecs);
        string stream = await Tool.FFprobeAsync(
            job.Output, "-show_entries",
            "stream=codec_name,profile,width,height,sample_aspect_ratio,pix_fmt,color_space,color_transfer,color_primaries",
            "-select_streams", "v", "-of", "csv=p=0", "v90-500k/index.m3u8");
        Assert.Equal("h264,High,160,90,1:1,yuv420p,bt709,bt709,bt709", stream.Split('\n')[0].Trim());
    }
}
