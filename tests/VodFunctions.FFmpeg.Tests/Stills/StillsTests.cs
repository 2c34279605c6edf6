using System.Globalization;
using System.Text.RegularExpressions;
using VodFunctions.Core.Media;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Stills;

public sealed partial class StillsTests
{
    [Theory]
    [InlineData("320x180", 0.04, 1)]
    [InlineData("320x180", 0.1, 1)]
    [InlineData("180x320", 7.0, 4)]
    [InlineData("320x180", 25.0, 13)]
    public async Task The_sheet_holds_what_the_cues_name(string size, double seconds, int tiles)
    {
        using Clip clip = await Clip.SimpleAsync(size, "25/1", seconds, sound: false);
        using var job = new Job(clip);

        await MakeAsync(job, size);

        Assert.Equal(["poster.jpg", "storyboard.jpg", "storyboard.vtt"], job.Sink.Names.Order());
        Assert.Equal(PixelSize.Parse(size), await SizeAsync(job, "poster.jpg"));
        PixelSize sheet = await SizeAsync(job, "storyboard.jpg");
        string cues = await File.ReadAllTextAsync(Path.Combine(job.Output, "storyboard.vtt"));
        Match[] found = [.. Cue().Matches(cues).Cast<Match>()];
        Assert.Equal(tiles, found.Length);
        Assert.All(found, cue =>
        {
            int[] box = [.. cue.Groups["box"].Value.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
            Assert.True(box[0] + box[2] <= sheet.Width && box[1] + box[3] <= sheet.Height);
            Assert.Equal(size == "320x180" ? 160 : 90, box[2]);
        });
        Assert.All(found.Zip(found.Skip(1)), pair => Assert.Equal(pair.First.Groups["to"].Value, pair.Second.Groups["from"].Value));
        Assert.Empty(Directory.GetFileSystemEntries(job.WorkFolder));
    }

    [Fact]
    public async Task A_source_with_one_keyframe_has_all_tiles()
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 9, false, "source.mp4",
            ["-f", "lavfi", "-i", "color=red:s=160x90:r=25:d=9", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "9999"]);
        using var job = new Job(clip);

        await MakeAsync(job, "160x90");

        Assert.Equal(new PixelSize(5 * 160, 90), await SizeAsync(job, "storyboard.jpg"));
        string sheet = Path.Combine(job.Output, "storyboard.jpg");
        await Pixels.LooksAsync(sheet, 50, 500, 255, 0, 0);
        await Pixels.LooksAsync(sheet, 950, 500, 255, 0, 0);
    }

    [Theory]
    [InlineData("25")]
    [InlineData("infinite")]
    public async Task Tiles_follow_the_video_however_far_apart_its_keyframes_are(string keyInterval)
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 8, false, "source.mp4",
            [
                "-f", "lavfi", "-i", "color=red:s=160x90:r=25:d=4[a];color=blue:s=160x90:r=25:d=4[b];[a][b]concat", "-c:v",
                "libx264", "-pix_fmt", "yuv420p", "-x264-params", $"keyint={keyInterval}:scenecut=0",
            ]);
        clip.Facts = await Probers.FactsAsync(clip.Path);
        Assert.Equal(keyInterval == "25" ? 1 : 8, clip.Facts.LongestGroupSeconds!.Value, 0.1);
        using var job = new Job(clip);

        await MakeAsync(job, "160x90");

        string sheet = Path.Combine(job.Output, "storyboard.jpg");
        await Pixels.LooksAsync(sheet, 125, 500, 255, 0, 0);
        await Pixels.LooksAsync(sheet, 375, 500, 255, 0, 0);
        await Pixels.LooksAsync(sheet, 625, 500, 0, 0, 255);
        await Pixels.LooksAsync(sheet, 875, 500, 0, 0, 255);
        await Pixels.LooksAsync(Path.Combine(job.Output, "poster.jpg"), 500, 500, 255, 0, 0);
    }

    [Fact]
    public async Task Tiles_of_a_picture_that_turns_on_the_way_and_then_stands_still_are_of_their_times()
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 10, true, "source.mkv",
            [
                "-f", "lavfi", "-i", "color=red:s=160x90:r=25:d=2[a];color=lime:s=160x90:r=25:d=2[b];[a][b]concat", "-f", "lavfi",
                "-i", "sine=d=10", "-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus",
            ]);
        await clip.RunAsync(
            "-f", "lavfi", "-i", "color=blue:s=90x160:r=25:d=0.5[a];color=white:s=90x160:r=25:d=1.5[b];[a][b]concat", "-f", "lavfi",
            "-i", "sine=d=6", "-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", Path.Combine(clip.Folder, "tall.mkv"));
        await File.WriteAllTextAsync(
            Path.Combine(clip.Folder, "list"), $"file {Path.GetFileName(clip.Path)}\noutpoint 4\nfile tall.mkv\n");
        string turning = Path.Combine(clip.Folder, "turning.mkv");
        await clip.RunAsync("-f", "concat", "-i", Path.Combine(clip.Folder, "list"), "-c", "copy", turning);
        File.Move(turning, clip.Path, overwrite: true);
        clip.Facts = await Probers.FactsAsync(clip.Path);
        Assert.Equal(10, clip.Facts.DurationSeconds, 0.1);
        using var job = new Job(clip);

        await MakeAsync(job, "160x90");

        // Five tiles of 160: the wide ones are filled, the tall ones have bars beside 50 pixels, the last is held.
        string sheet = Path.Combine(job.Output, "storyboard.jpg");
        Assert.Equal(new PixelSize(5 * 160, 90), await SizeAsync(job, "storyboard.jpg"));
        await Pixels.LooksAsync(sheet, 20, 500, 255, 0, 0);
        await Pixels.LooksAsync(sheet, 220, 500, 0, 255, 0);
        await Pixels.LooksAsync(sheet, 420, 500, 0, 0, 0);
        foreach (int middle in new[] { 500, 700, 900 })
        {
            await Pixels.LooksAsync(sheet, middle, 500, 255, 255, 255);
        }
    }

    [Fact]
    public async Task A_source_whose_keyframes_cannot_be_skimmed_has_stills()
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 4, false, "source.ogv", [.. Clip.Picture("160x90", "25", 4), "-c:v", "libtheora", "-g", "12"]);
        clip.Facts = await Probers.FactsAsync(clip.Path);
        using var job = new Job(clip);

        Assert.Equal(MadeStills.Both, await MakeAsync(job, "160x90"));
    }

    [Fact]
    public async Task The_poster_is_the_first_picture_also_before_the_zero_of_its_clock()
    {
        // The clock of a transport stream wraps after 95,443.7 s: what is before has negative times.
        using Clip clip = await Clip.MakeAsync(
            "160x90", "30/1", 3, false, "source.ts",
            [.. Counted.Picture(3), "-c:v", "libx264", "-preset", "ultrafast", "-g", "15", "-output_ts_offset", "95441.5"]);
        clip.Facts = await Probers.FactsAsync(clip.Path);
        Assert.True(clip.Facts.StartSeconds < 0);
        using var job = new Job(clip);

        await MakeAsync(job, "160x90");

        int[] poster = await Counted.PicturesAsync(Path.Combine(job.Output, "poster.jpg"));
        Assert.Equal(0, Assert.Single(poster));
    }

    [Fact]
    public async Task A_turned_source_has_turned_stills()
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 2, false, "source.mp4",
            ["-f", "lavfi", "-i", "color=red:s=80x90:r=25:d=2[l];color=blue:s=80x90:r=25:d=2[r];[l][r]hstack", "-c:v", "libx264", "-pix_fmt", "yuv420p"]);
        await clip.TurnAsync(1);
        using var job = new Job(clip);

        await MakeAsync(job, "90x160");

        foreach (string file in new[] { "poster.jpg", "storyboard.jpg" })
        {
            Assert.Equal(new PixelSize(90, 160), await SizeAsync(job, file));
            await Pixels.LooksAsync(Path.Combine(job.Output, file), 500, 200, 255, 0, 0);
            await Pixels.LooksAsync(Path.Combine(job.Output, file), 500, 800, 0, 0, 255);
        }
    }

    [Fact]
    public async Task Stills_of_high_dynamic_range_look_like_the_video()
    {
        using Clip clip = await Clip.MakeAsync(
            "160x90", "25/1", 1, false, "source.mp4",
            [
                "-f", "lavfi", "-i", "color=0x707070:s=160x90:r=25:d=1,format=yuv420p10le", "-c:v", "libx264", "-preset",
                "ultrafast", "-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc",
            ]);
        clip.Facts = clip.Facts with { DynamicRange = DynamicRange.Pq };
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition("160x90"));
        await MakeAsync(job, "160x90");

        (int red, int green, int blue) = await Pixels.AtAsync(Path.Combine(job.Output, "v90-500k/index.m3u8"), 500, 500);
        await Pixels.LooksAsync(Path.Combine(job.Output, "poster.jpg"), 500, 500, red, green, blue);
        await Pixels.LooksAsync(Path.Combine(job.Output, "storyboard.jpg"), 500, 500, red, green, blue);
    }

    private static Task<MadeStills> MakeAsync(Job job, string posterSize) => job.Transcoder.MakeStillsAsync(
        new(job.Clip.Path, job.Clip.Facts, job.Grid, PixelSize.Parse(posterSize)), job.Sink, CancellationToken.None);

    private static async Task<PixelSize> SizeAsync(Job job, string file) => PixelSize.Parse(
        (await Tool.FFprobeAsync(job.Output, "-show_entries", "stream=width,height", "-of", "csv=p=0:s=x", file)).Trim());

    [GeneratedRegex(@"(?<from>[\d:.]+) --> (?<to>[\d:.]+)\nstoryboard\.jpg#xywh=(?<box>[\d,]+)\n")]
    private static partial Regex Cue();
}
