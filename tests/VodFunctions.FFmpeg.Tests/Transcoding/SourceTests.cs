using VodFunctions.Core.Media;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Transcoding;

/// <summary>What phones, cameras and screen recorders make.</summary>
public sealed class SourceTests
{
    private static readonly string[] s_vp8 = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "500k"];

    private static readonly string[] s_halves =
        ["-f", "lavfi", "-i", "color=red:s=160x90:r=25:d=2.4[l];color=blue:s=160x90:r=25:d=2.4[r];[l][r]hstack"];

    private static readonly string[] s_h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "10", "-pix_fmt", "yuv420p"];

    [Theory]
    [InlineData(0, 100, 500)]
    [InlineData(1, 500, 100)]
    [InlineData(2, 900, 500)]
    [InlineData(3, 500, 900)]
    public async Task A_turned_picture_is_shown_upright(int quarters, int redX, int redY)
    {
        using Clip clip = await Clip.MakeAsync("320x90", "25/1", 2.4, false, "source.mp4", [.. s_halves, .. s_h264]);
        await clip.TurnAsync(quarters);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition(clip.Facts.ShownSize.ToString()));

        await Verify.AllAsync(job);
        string file = Path.Combine(job.Output, "master.m3u8");
        await Pixels.LooksAsync(file, redX, redY, 255, 0, 0);
        await Pixels.LooksAsync(file, 1000 - redX, 1000 - redY, 0, 0, 255);
    }

    [Theory]
    [InlineData("91x160", "90x160")]
    [InlineData("161x91", "160x90")]
    [InlineData("90x160", "54x96")]
    public async Task Portrait_and_odd_sizes_come_out_even(string source, string made)
    {
        using Clip clip = await Clip.MakeAsync(
            source, "25/1", 2.2, true, "source.mkv",
            [.. Clip.Picture(source, "25", 2.2), .. Clip.Tone(2.2), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p", "-c:a", "aac"]);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition(made));

        await Verify.AllAsync(job);
        Assert.Equal(PixelSize.Parse(made), job.Video[0].Size);
    }

    [Fact]
    public async Task Anamorphic_pixels_become_square()
    {
        using Clip clip = await Clip.MakeAsync(
            "192x90", "25/1", 2.2, false, "source.mp4",
            [.. Clip.Picture("96x90", "25", 2.2), "-vf", "setsar=2", .. s_h264]);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("192x90"), Job.Rendition("128x60", "200k"));

        await Verify.AllAsync(job);
        string sar = await Tool.FFprobeAsync(
            job.Output, "-show_entries", "stream=sample_aspect_ratio", "-of", "csv=p=0", "v60-200k/index.m3u8");
        Assert.Equal("1:1", sar.Split('\n')[0].Trim());
    }

    [Fact]
    public async Task Interlaced_fields_become_whole_pictures()
    {
        using Clip clip = await Clip.MakeAsync(
            "160x96", "25/1", 2.4, false, "source.mkv",
            [
                .. Clip.Picture("160x96", "50", 2.4), "-vf", "interlace=scan=tff", .. s_h264, "-flags", "+ildct+ilme",
                "-x264opts", "tff=1",
            ]);
        clip.Facts = clip.Facts with { MayBeInterlaced = true };
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x96"));

        await Verify.AllAsync(job);
    }

    [Theory]
    [InlineData("smpte2084", DynamicRange.Pq)]
    [InlineData("arib-std-b67", DynamicRange.Hlg)]
    public async Task High_dynamic_range_is_brought_to_bt709(string curve, DynamicRange range)
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 1, false, "source.mp4",
            [
                "-f", "lavfi", "-i", "color=0x808080:s=160x90:r=25:d=1,format=yuv420p10le", "-c:v", "libx264", "-preset",
                "ultrafast", "-color_primaries", "bt2020", "-color_trc", curve, "-colorspace", "bt2020nc", "-color_range", "tv",
            ]);
        clip.Facts = clip.Facts with { DynamicRange = range };
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        await Verify.AllAsync(job);
        string colours = await Tool.FFprobeAsync(
            job.Output, "-show_entries", "stream=pix_fmt,color_range,color_space,color_transfer,color_primaries", "-of",
            "csv=p=0", "v90-500k/index.m3u8");
        Assert.StartsWith("yuv420p,tv,bt709,bt709,bt709", colours);
        (int red, int green, int blue) = await Pixels.AtAsync(Path.Combine(job.Output, "v90-500k/index.m3u8"), 500, 500);
        Assert.True(Math.Abs(red - green) < 8 && Math.Abs(blue - green) < 8 && green is > 20 and < 235, $"{red} {green} {blue}");
        // Half of PQ's code values is about 90 nits, nearly SDR white: without a curve it would stay at 128.
        Assert.True(range == DynamicRange.Hlg || Math.Abs(green - 128) > 10, $"{green} looks untouched");
    }

    [Theory]
    [InlineData("smpte432", "bt709")]
    [InlineData("bt2020", "bt2020nc")]
    [InlineData("smpte170m", "smpte170m")]
    public async Task Primaries_are_brought_to_bt709_in_video_and_stills(string primaries, string matrix)
    {
        // Inside the gamut of all.
        (int red, int green, int blue) = (0xC0, 0x60, 0x50);
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 0.4, false, "source.mp4",
            [
                "-f", "lavfi", "-i", "color=0xC06050:s=160x90:r=25:d=0.4", "-vf",
                $"format=gbrp,zscale=min=gbr:pin=709:tin=709:m={matrix}:p={primaries}:t=709:r=tv,format=yuv420p", .. s_h264, "-crf", "5",
                "-colorspace", matrix, "-color_primaries", primaries, "-color_trc", "bt709", "-color_range", "tv",
            ]);
        clip.Facts = await Probers.FactsAsync(clip.Path);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));
        await job.Transcoder.MakeStillsAsync(
            new(clip.Path, clip.Facts, job.Grid, PixelSize.Parse("160x90")), job.Sink, CancellationToken.None);

        Assert.Equal((primaries, matrix), (clip.Facts.ColorPrimaries, clip.Facts.ColorMatrix));
        foreach (string file in (string[])["v90-500k/index.m3u8", "poster.jpg", "storyboard.jpg"])
        {
            await Pixels.LooksAsync(Path.Combine(job.Output, file), 500, 500, red, green, blue, tolerance: 6);
        }
    }

    [Fact]
    public async Task A_matrix_that_only_the_container_names_counts()
    {
        // The samples' own headers say nothing, and by its size it would be BT.601.
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 0.4, false, "source.mov",
            [
                "-f", "lavfi", "-i", "color=0xE02020:s=160x90:r=25:d=0.4", "-vf",
                "scale=out_color_matrix=bt709:out_range=tv,format=yuv422p10le", "-c:v", "prores_ks", "-colorspace", "bt709",
                "-color_primaries", "bt709", "-color_trc", "bt709",
            ]);
        clip.Facts = await Probers.FactsAsync(clip.Path);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        await Pixels.LooksAsync(Path.Combine(job.Output, "v90-500k/index.m3u8"), 500, 500, 0xE0, 0x20, 0x20, tolerance: 6);
    }

    [Theory]
    [InlineData("smpte170m", "tv")]
    [InlineData("bt709", "tv")]
    [InlineData("smpte170m", "pc")]
    public async Task Colours_stay_what_they_were(string matrix, string range)
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 0.4, false, "source.mp4",
            [
                "-f", "lavfi", "-i", "color=0xE02020:s=160x90:r=25:d=0.4", "-vf",
                $"scale=out_color_matrix={matrix}:out_range={range},format=yuv420p", .. s_h264, "-colorspace", matrix,
                "-color_range", range,
            ]);
        clip.Facts = clip.Facts with { ColorMatrix = matrix };
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        await Pixels.LooksAsync(Path.Combine(job.Output, "v90-500k/index.m3u8"), 500, 500, 0xE0, 0x20, 0x20);
    }

    [Fact]
    public async Task A_variable_frame_rate_becomes_constant_with_its_gaps_filled()
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "30/1", 6, true, "source.mkv",
            [
                .. Clip.Picture("160x90", "30", 6), .. Clip.Tone(6), "-vf",
                "select='not(between(n,20,75))*gt(mod(n\\,7)\\,2)+eq(n,0)'", "-fps_mode", "vfr", .. s_h264, "-c:a", "aac",
            ]);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        await Verify.AllAsync(job);
    }

    [Fact]
    public async Task A_picture_that_begins_late_is_filled_with_its_first_frame()
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 3, true, "source.mkv",
            [
                "-itsoffset", "0.8", "-f", "lavfi", "-i", "color=red:s=160x90:r=25:d=2.2", .. Clip.Tone(3), .. s_h264, "-c:a", "aac",
            ]);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        await Verify.AllAsync(job);
        await Pixels.LooksAsync(Path.Combine(job.Output, "master.m3u8"), 500, 500, 255, 0, 0);
    }

    [Fact]
    public async Task A_size_that_changes_on_the_way_is_one_size_in_the_end()
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 4, false, "first.ts", [.. Clip.Picture("160x90", "25", 2), .. s_h264, "-f", "mpegts"]);
        await clip.RunAsync(
            [.. Clip.Picture("320x180", "25", 2), .. s_h264, "-output_ts_offset", "2", "-f", "mpegts", Path.Combine(clip.Folder, "second.ts")]);
        await File.AppendAllBytesAsync(clip.Path, await File.ReadAllBytesAsync(Path.Combine(clip.Folder, "second.ts")));
        clip.Facts = await Probers.FactsAsync(clip.Path);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        await Verify.AllAsync(job);
    }

    [Fact]
    public async Task Damage_in_the_middle_leaves_a_whole_output()
    {
        using Clip clip = await Clip.SimpleAsync("160x90", "25/1", 8);
        byte[] bytes = await File.ReadAllBytesAsync(clip.Path);
        bytes.AsSpan(bytes.Length * 2 / 5, bytes.Length / 20).Fill(0x5A);
        await File.WriteAllBytesAsync(clip.Path, bytes);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        await Verify.AllAsync(job);
    }

    [Theory]
    [InlineData(Packaging.Cmaf)]
    [InlineData(Packaging.MpegTs)]
    public async Task A_picture_that_turns_on_the_way_is_fitted_with_bars(Packaging packaging)
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 2, false, "wide.webm", ["-f", "lavfi", "-i", "color=red:s=160x90:r=25:d=1", .. s_vp8]);
        string folder = clip.Folder;
        await clip.RunAsync(["-f", "lavfi", "-i", "color=blue:s=90x160:r=25:d=1", .. s_vp8, Path.Combine(folder, "tall.webm")]);
        await File.WriteAllTextAsync(Path.Combine(folder, "list"), "file wide.webm\nfile tall.webm\n");
        string turning = Path.Combine(folder, "turning.webm");
        await clip.RunAsync("-f", "concat", "-i", Path.Combine(folder, "list"), "-c", "copy", turning);
        File.Move(turning, clip.Path, overwrite: true);
        clip.Facts = await Probers.FactsAsync(clip.Path);
        using var job = new Job(clip) { Packaging = packaging };

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));

        await Verify.AllAsync(job);
        string file = Path.Combine(job.Output, "master.m3u8");
        Assert.Equal((true, false, false), Seen(await Pixels.AtAsync(file, 100, 500, "eq(n\\,10)")));
        Assert.Equal((false, false, false), Seen(await Pixels.AtAsync(file, 100, 500, "eq(n\\,40)")));
        Assert.Equal((false, false, true), Seen(await Pixels.AtAsync(file, 500, 50, "eq(n\\,40)")));

        static (bool, bool, bool) Seen((int Red, int Green, int Blue) colour) => (colour.Red > 127, colour.Green > 127, colour.Blue > 127);
    }

    [Theory]
    [InlineData(Packaging.Cmaf)]
    [InlineData(Packaging.MpegTs)]
    public async Task A_broadcast_that_becomes_interlaced_and_wider_has_no_combs(Packaging packaging)
    {
        const string bar = "color=gray:s=144x96:r=50:d=2[g];color=white:s=24x96:r=50:d=2[w];[g][w]overlay=x=mod(n*5\\,120)";
        string[] mpeg2 = ["-c:v", "mpeg2video", "-b:v", "2M", "-f", "mpegts"];
        using Clip clip = await Clip.MakeAsync(
            "192x96", "25/1", 4, false, "first.ts",
            ["-f", "lavfi", "-i", "color=gray:s=144x96:r=25:d=1,setsar=4/3", .. mpeg2]);
        string second = Path.Combine(clip.Folder, "second.ts");
        string third = Path.Combine(clip.Folder, "third.ts");
        await clip.RunAsync(
            ["-f", "lavfi", "-i", $"{bar},interlace=scan=tff:lowpass=off,setsar=4/3", "-flags", "+ilme+ildct", .. mpeg2, "-output_ts_offset", "1", second]);
        await clip.RunAsync(
            ["-f", "lavfi", "-i", $"{bar},scale=192:96,interlace=scan=tff:lowpass=off,setsar=1", "-flags", "+ilme+ildct", .. mpeg2, "-output_ts_offset", "3", third]);
        await File.AppendAllBytesAsync(clip.Path, [.. await File.ReadAllBytesAsync(second), .. await File.ReadAllBytesAsync(third)]);
        clip.Facts = await Probers.FactsAsync(clip.Path);
        using var job = new Job(clip) { Packaging = packaging };

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("192x96", "1M"));

        await Verify.AllAsync(job);
        Assert.Equal(5, job.Grid.DurationSeconds, 0.05);
        string file = Path.Combine(job.Output, "master.m3u8");
        Assert.InRange(await Pixels.CombsAsync(clip.Path, 192, 96), 2, double.MaxValue);
        Assert.InRange(await Pixels.CombsAsync(file, 192, 96), 0, 1);
    }
}
