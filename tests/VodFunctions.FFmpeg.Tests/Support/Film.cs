using VodFunctions.Core.Media;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>A counted film, and what a viewer must see and hear of it.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Seconds">How long the output plays.</param>
/// <param name="Pictures">From when on which pictures are shown, the last of each as long as nothing follows.</param>
/// <param name="Beeps">From when on which beeps are heard, one each second.</param>
/// <param name="Make">Makes it: the folder, and the path to write.</param>
internal sealed record Film(
    string Name, double Seconds, IReadOnlyList<Shown> Pictures, IReadOnlyList<Shown> Beeps, Func<string, string, Task> Make)
{
    private const double SyncSeconds = 0.05;

    /// <summary>A film that one run of ffmpeg makes.</summary>
    public static Film Of(string name, double seconds, Shown pictures, Shown beeps, params string[] arguments) => new(
        name, seconds, [pictures], [beeps], (folder, path) => FFmpegAsync(folder, [.. arguments, path]));

    /// <summary>Files joined byte by byte.</summary>
    /// <param name="times">How many.</param>
    /// <param name="part">How long one is with the encoder's priming and padding, in seconds.</param>
    public Film Joined(int times, double part) => new(
        $"joined{times}-{Name}", part * times,
        [.. Enumerable.Range(0, times).SelectMany(index => Pictures.Select(shown => shown.Later(index * part)))],
        [.. Enumerable.Range(0, times).SelectMany(index => Beeps.Select(shown => shown.Later(index * part)))],
        async (folder, path) =>
        {
            string one = Path.Combine(folder, Name);
            await Make(folder, one);
            byte[] bytes = await File.ReadAllBytesAsync(one);
            await File.WriteAllBytesAsync(path, [.. Enumerable.Repeat(bytes, times).SelectMany(part => part)]);
        });

    /// <summary>Runs ffmpeg.</summary>
    public static async Task FFmpegAsync(string folder, params string[] arguments)
    {
        (MediaProcessResult result, _) =
            await Tool.RunAsync(MediaTool.FFmpeg, folder, ["-v", "error", "-y", .. arguments]);
        Assert.True(result.Succeeded, result.ErrorTail);
    }

    /// <summary>Makes the film, probes it, transcodes it, and looks at every picture and every beep of the output.</summary>
    public async Task IsWholeAsync(Packaging packaging)
    {
        using var clip = new Clip { Name = Name, Facts = null! };
        await Make(clip.Folder, clip.Path);
        clip.Facts = await Probers.FactsAsync(clip.Path);
        using var job = new Job(clip) { Packaging = packaging };
        await job.RunAsync(Grouping.SharedDecode, Job.Rendition(clip.Facts.ShownSize.ToString()));
        await Verify.AllAsync(job);

        Assert.Equal(new FrameRate(Counted.FramesPerSecond, 1), clip.Facts.FrameRate);
        Assert.Equal(Seconds, job.Grid.DurationSeconds, 0.07);
        string master = Path.Combine(job.Output, "master.m3u8");
        int[] pictures = await Counted.PicturesAsync(master);
        Assert.Equal(job.Grid.FrameCount, pictures.Length);
        Assert.All(pictures.Index(), item => Assert.Contains(item.Item, Wanted((double)item.Index / Counted.FramesPerSecond)));

        (double Seconds, int Number)[] heard = Beeps.Count == 0 ? [] : await Counted.BeepsAsync(master);
        (double Seconds, int Number)[] wanted = [.. Beeps.SelectMany(shown => shown.Seconds())];
        Assert.Equal(wanted.Select(beep => beep.Number), heard.Select(beep => beep.Number));
        Assert.All(wanted.Zip(heard), pair => Assert.Equal(pair.First.Seconds, pair.Second.Seconds, SyncSeconds));
    }

    /// <summary>The pictures that may be shown at a time: the right one, and what rounding to a frame may make of it.</summary>
    private int[] Wanted(double seconds)
    {
        const double frame = 1.0 / Counted.FramesPerSecond;
        return [.. new[] { -1.1, -0.55, 0, 0.55, 1.1 }.Select(frames => PictureAt(seconds + (frames * frame))).Distinct()];
    }

    private int PictureAt(double seconds)
    {
        Shown shown = Pictures.LastOrDefault(run => run.At <= seconds) ?? Pictures[0];
        int offset = (int)Math.Round((seconds - shown.At) * Counted.FramesPerSecond);
        return shown.First + Math.Clamp(offset, 0, shown.Count - 1);
    }
}

/// <summary>Numbered pictures or beeps in a row.</summary>
/// <param name="At">When the first is shown or heard, in seconds of the output.</param>
/// <param name="First">Its number.</param>
/// <param name="Count">How many.</param>
internal sealed record Shown(double At, int First, int Count)
{
    public Shown Later(double seconds) => this with { At = At + seconds };

    public IEnumerable<(double Seconds, int Number)> Seconds() =>
        Enumerable.Range(0, Count).Select(index => (At + index, First + index));
}
