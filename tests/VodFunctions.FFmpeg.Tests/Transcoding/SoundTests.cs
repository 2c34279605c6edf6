using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Transcoding;

public sealed class SoundTests
{
    private const double Rate = 48000;

    // The tone is switched on at 0.5 s, at the begin of a block of 1,024 samples.
    private const double Onset = 22 * 1024 / 44100.0;

    [Fact]
    public async Task No_sound_is_fine()
    {
        using Clip clip = await Clip.SimpleAsync("160x90", "25/1", 2.5, sound: false);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        await Verify.AllAsync(job);
        Assert.DoesNotContain("AUDIO", await File.ReadAllTextAsync(Path.Combine(job.Output, "master.m3u8")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.25)]
    public async Task Sound_is_heard_when_it_was_heard_in_the_source(double late)
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 4, true, "source.mkv",
            [
                .. Clip.Picture("160x90", "25", 4), "-itsoffset", FormattableString.Invariant($"{late}"),
                .. Clip.Tone(4 - late, ",volume=enable='lt(t,0.5)':volume=0"), .. Clip.Encode[..^1], "-c:a", "pcm_s16le",
            ]);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        await Verify.AllAsync(job);
        (float[] left, float[] right) = await Pixels.SoundAsync(Path.Combine(job.Output, "master.m3u8"));
        Assert.Equal(late + Onset, Array.FindIndex(left, sample => Math.Abs(sample) > 0.05) / Rate, 0.003);
        Assert.Equal(late + Onset, Array.FindIndex(right, sample => Math.Abs(sample) > 0.05) / Rate, 0.003);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(9.0)]
    public async Task Sound_that_ends_early_or_late_lasts_as_long_as_the_picture(double seconds)
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 5, true, "source.mp4",
            [.. Clip.Picture("160x90", "25", 5), .. Clip.Tone(seconds), .. Clip.Encode[..^1]]);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        await Verify.AllAsync(job);
    }

    [Theory]
    [InlineData("mono", Packaging.Cmaf)]
    [InlineData("5.1", Packaging.Cmaf)]
    [InlineData("5.1", Packaging.MpegTs)]
    public async Task Any_layout_becomes_stereo(string layout, Packaging packaging)
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 2.4, true, "source.mkv",
            [
                .. Clip.Picture("160x90", "25", 2.4), .. Clip.Tone(2.4), "-af", $"aformat=channel_layouts={layout}",
                .. Clip.Encode,
            ]);
        using var job = new Job(clip) { Packaging = packaging };

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        await Verify.AllAsync(job);
        string stream = await Tool.FFprobeAsync(
            job.Output, "-select_streams", "a:0", "-show_entries", "stream=codec_name,profile,sample_rate,channels", "-of",
            "csv=p=0", "master.m3u8");
        Assert.StartsWith("aac,LC,48000,2", stream);
        (float[] left, float[] right) = await Pixels.SoundAsync(Path.Combine(job.Output, "master.m3u8"));
        Assert.True(left.Max() > 0.03 && right.Max() > 0.03);
    }

    [Fact]
    public async Task A_layout_that_changes_on_the_way_leaves_the_sound_in_step()
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 4, true, "first.ts",
            [.. Clip.Picture("160x90", "25", 2), .. Clip.Tone(2), .. Clip.Encode[..^2], "ac3", "-ac", "2", "-f", "mpegts"]);
        await clip.RunAsync(
            [
                .. Clip.Picture("160x90", "25", 2), .. Clip.Tone(2), .. Clip.Encode[..^2], "ac3", "-af",
                "aformat=channel_layouts=5.1", "-output_ts_offset", "2", "-f", "mpegts", Path.Combine(clip.Folder, "second.ts"),
            ]);
        await File.AppendAllBytesAsync(clip.Path, await File.ReadAllBytesAsync(Path.Combine(clip.Folder, "second.ts")));
        clip.Facts = await Probers.FactsAsync(clip.Path);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        await Verify.AllAsync(job);
        (float[] left, _) = await Pixels.SoundAsync(Path.Combine(job.Output, "master.m3u8"));
        int longest = 0;
        int silent = 0;
        foreach (float sample in left[..(int)(3.8 * Rate)])
        {
            silent = Math.Abs(sample) < 0.01 ? silent + 1 : 0;
            longest = Math.Max(longest, silent);
        }

        Assert.InRange(longest / Rate, 0, 0.15);
    }

    [Fact]
    public async Task The_last_segment_of_a_picture_of_one_frame_has_sound_too()
    {
        using Clip clip = await Clip.SimpleAsync("96x54", "60/1", 2 + 1 / 60.0);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("96x54"));

        await Verify.AllAsync(job);
        Assert.Equal(2, job.Audio!.Segments.Count);
    }

    [Fact]
    public async Task Muxed_sound_is_named_in_the_codecs()
    {
        using Clip clip = await Clip.SimpleAsync("160x90", "25/1", 2.5);
        using var job = new Job(clip) { Packaging = Packaging.MpegTs };

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        Assert.EndsWith(",mp4a.40.2", job.Video[0].Codecs);
        Assert.Equal(["v90-500k/segment_0.ts", "v90-500k/segment_1.ts"], job.Sink.Names.Order());
    }
}
