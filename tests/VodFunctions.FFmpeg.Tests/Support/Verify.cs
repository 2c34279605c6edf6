using VodFunctions.Core.Containers;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Transcoding;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>What must hold of everything that is published, whatever the source was, as an independent reader sees it.</summary>
internal static class Verify
{
    private const double Tick = 2.0 / 90_000;

    public static async Task AllAsync(Job job)
    {
        foreach (MeasuredTrack track in job.Video)
        {
            await PictureAsync(job, track);
        }

        if (job.Audio is not null)
        {
            await SoundAsync(job, job.Audio);
        }

        await Tool.DecodesCleanlyAsync(job.Output, MediaFiles.Master);
        if (job.Packaging == Packaging.Cmaf)
        {
            // Through the playlists too, picture and sound begin together.
            string starts = await Tool.FFprobeAsync(
                job.Output, "-show_entries", "stream=start_time", "-of", "default=nw=1:nk=1", MediaFiles.Master);
            Assert.All(
                starts.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                start => Assert.Equal(0, double.Parse(start, System.Globalization.CultureInfo.InvariantCulture), 1e-3));
        }

        Assert.Empty(Directory.GetFileSystemEntries(job.WorkFolder));
    }

    public static async Task PictureAsync(Job job, MeasuredTrack track)
    {
        TimeGrid grid = job.Grid;
        double frame = grid.FrameRate.SecondsOf(1);
        double start = track.HasInit ? 0 : 10;
        string whole = await JoinAsync(job, track);
        Packet[] packets = await Tool.PacketsAsync(job.Output, whole, "v:0");
        Assert.Equal(grid.FrameCount, packets.Length);

        // Shown times are the constant-rate grid, without a gap or an overlap, from time 0 on.
        double[] shown = [.. packets.Select(packet => packet.Pts).Order()];
        Assert.All(shown.Index(), item => Assert.Equal(start + grid.FrameRate.SecondsOf(item.Index), item.Item, Tick));
        Assert.All(packets.Zip(packets.Skip(1)), pair => Assert.True(pair.Second.Dts > pair.First.Dts));

        // Keyframes are where the grid says, and nowhere else.
        long[] wanted = [.. Enumerable.Range(0, grid.GroupCount).Select(group => GroupFrames.First(grid, group))];
        long[] found = [.. packets.Where(packet => packet.IsKey).Select(packet => (long)Math.Round((packet.Pts - start) / frame))];
        Assert.Equal(wanted, found);

        Assert.Equal(grid.GroupsPerSegment(), track.Segments.Select(segment => segment.KeyFrames.Count));
        Assert.Equal(grid.DurationSeconds, track.Segments.Sum(segment => segment.DurationSeconds), 1e-6);
        Assert.All(track.Segments, segment => Assert.Equal(
            new FileInfo(Path.Combine(job.Output, track.Name, segment.File)).Length, segment.SizeBytes));
        await KeyFrameRangesAsync(job, track);
    }

    public static async Task SoundAsync(Job job, MeasuredTrack track)
    {
        const double aacFrame = 1024.0 / 48000;
        string whole = await JoinAsync(job, track);
        Packet[] packets = await Tool.PacketsAsync(job.Output, whole, "a:0");
        Assert.All(packets.Index(), item => Assert.Equal(item.Index * aacFrame, item.Item.Pts, 1e-4));
        Assert.InRange(packets.Length * aacFrame - job.Grid.DurationSeconds, -1e-9, aacFrame);

        // Segment boundaries are within an AAC frame of the picture's.
        double sound = 0;
        double picture = 0;
        Assert.Equal(job.Video[0].Segments.Count, track.Segments.Count);
        foreach ((MeasuredSegment ours, MeasuredSegment theirs) in track.Segments.Zip(job.Video[0].Segments))
        {
            Assert.InRange(picture - sound, -1e-9, aacFrame);
            sound += ours.DurationSeconds;
            picture += theirs.DurationSeconds;
        }
    }

    /// <summary>Each I-frame's byte range, after the initialization section, is one picture that decodes.</summary>
    private static async Task KeyFrameRangesAsync(Job job, MeasuredTrack track)
    {
        MeasuredSegment segment = track.Segments[^1];
        MeasuredKeyFrame frame = segment.KeyFrames[^1];
        string folder = Path.Combine(job.Output, track.Name);
        byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(folder, segment.File));
        byte[] init = track.HasInit ? await File.ReadAllBytesAsync(Path.Combine(folder, MediaFiles.Init)) : [];
        string file = Path.Combine(folder, "iframe.bin");
        await File.WriteAllBytesAsync(file, [.. init, .. bytes.AsSpan((int)frame.Offset, (int)frame.Length)]);
        string type = (await Tool.FFprobeAsync(
            job.Output, "-select_streams", "v:0", "-read_intervals", "%+#1", "-show_entries", "frame=pict_type", "-of",
            "default=nw=1:nk=1", file)).Trim();
        Assert.StartsWith("I", type);
    }

    private static async Task<string> JoinAsync(Job job, MeasuredTrack track)
    {
        string folder = Path.Combine(job.Output, track.Name);
        string file = Path.Combine(folder, "whole.bin");
        await using FileStream whole = File.Create(file);
        foreach (string name in track.HasInit ? track.Segments.Select(s => s.File).Prepend(MediaFiles.Init) : track.Segments.Select(s => s.File))
        {
            await using FileStream part = File.OpenRead(Path.Combine(folder, name));
            await part.CopyToAsync(whole);
        }

        return file;
    }
}
