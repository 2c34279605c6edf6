using VodFunctions.Core.Probing;
using VodFunctions.Core.Transcoding;
using VodFunctions.Core.Videos;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Transcoding;

public sealed class FailureTests
{
    [Fact]
    public async Task Cancelling_stops_ffmpeg_and_removes_the_work_folder()
    {
        using Clip clip = await Clip.SimpleAsync("320x180", "30/1", 30, sound: false);
        using var cancel = new CancellationTokenSource();
        using var job = new Job(clip) { Sink = new(Path.GetTempPath()) { Before = _ => cancel.CancelAsync() } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => job.VideoAsync([Job.Rendition("320x180")], cancellationToken: cancel.Token));

        Assert.Empty(Directory.GetFileSystemEntries(job.WorkFolder));
    }

    [Fact]
    public async Task A_sink_that_fails_stops_the_run_with_its_own_exception()
    {
        using Clip clip = await Clip.SimpleAsync("160x90", "25/1", 6, sound: false);
        using var job = new Job(clip) { Sink = new(Path.GetTempPath()) { Before = _ => throw new IOException("full") } };

        IOException thrown = await Assert.ThrowsAsync<IOException>(() => job.VideoAsync([Job.Rendition("160x90")]));

        Assert.Equal("full", thrown.Message);
        Assert.Empty(Directory.GetFileSystemEntries(job.WorkFolder));
    }

    [Fact]
    public async Task Segments_are_handed_on_while_ffmpeg_is_running()
    {
        var runner = new WatchedRunner();
        using Clip clip = await Clip.SimpleAsync("640x360", "30/1", 30, sound: false);
        bool? running = null;
        string root = Directory.CreateTempSubdirectory("vod-sink-").FullName;
        using var job = new Job(clip, runner: runner)
        {
            Sink = new(root)
            {
                Before = path =>
                {
                    running ??= path.EndsWith(".m4s", StringComparison.Ordinal) ? runner.Running : null;
                    return Task.CompletedTask;
                },
            },
        };
        var seen = new List<double>();

        await job.VideoAsync([Job.Rendition("640x360")], new Recorder(seen));

        Directory.Delete(root, recursive: true);
        Assert.True(running);
        Assert.Equal(1, seen[^1]);
        Assert.Equal(seen.Order(), seen);
    }

    [Fact]
    public async Task A_file_that_is_no_video_after_all_is_malformed()
    {
        using Clip clip = await Clip.SimpleAsync("160x90", "25/1", 1);
        await File.WriteAllTextAsync(clip.Path, "no video");
        using var job = new Job(clip);

        MediaToolException thrown =
            await Assert.ThrowsAsync<MediaToolException>(() => job.VideoAsync([Job.Rendition("160x90")]));

        Assert.Equal(JobErrorCode.MalformedVideo, thrown.Code);
        Assert.DoesNotContain(clip.Folder, thrown.Message);
        Assert.Empty(Directory.GetFileSystemEntries(job.WorkFolder));
    }

    [Fact]
    public async Task A_playlist_in_disguise_opens_nothing()
    {
        using Clip clip = await Clip.SimpleAsync("160x90", "25/1", 1);
        string playlist = Path.Combine(clip.Folder, "list.mp4");
        await File.WriteAllTextAsync(playlist, $"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{clip.Path}\n#EXT-X-ENDLIST\n");
        using var job = new Job(clip);

        MediaToolException thrown = await Assert.ThrowsAsync<MediaToolException>(() => job.Transcoder.TranscodeVideoAsync(
            new(playlist, clip.Facts, job.Grid, [Job.Rendition("160x90")], Packaging.Cmaf, job.AudioBitrate), job.Sink,
            new Progress<double>(), CancellationToken.None));

        Assert.Equal(JobErrorCode.MalformedVideo, thrown.Code);
    }

    [Fact]
    public async Task A_picture_of_as_many_pixels_as_are_allowed_is_encoded()
    {
        using Clip clip = await Clip.SimpleAsync("1000x100", "25/1", 1, sound: false);
        using var job = new Job(clip, limits: limits => limits.MaxPixels = 100_000);

        await job.VideoAsync([Job.Rendition("160x16")]);

        Assert.Contains(job.Sink.Names, name => name.EndsWith("/seg_00000.m4s", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(100_000, long.MaxValue)]
    // 75 pictures may have so many pixels together: each a third of those of the large ones.
    [InlineData(long.MaxValue, 75 * 640 * 360 / 3)]
    public async Task Pictures_that_grow_beyond_a_limit_on_the_way_are_refused(long maxPixels, long maxWorkPixels)
    {
        using Clip clip = await Clip.MakeAsync(
            "128x128", "25/1", 3, false, "source.ts", [.. Clip.Picture("128x128", "25/1", 2), .. Clip.Encode]);
        clip.Facts = clip.Facts with { Demuxer = "mpegts", PictureCount = 75, CodedPixels = 128 * 128 };
        string large = Path.Combine(clip.Folder, "large.ts");
        await clip.RunAsync([.. Clip.Picture("640x360", "25/1", 1), .. Clip.Encode, large]);
        await File.AppendAllBytesAsync(clip.Path, await File.ReadAllBytesAsync(large));
        using var job = new Job(clip, limits: limits => (limits.MaxPixels, limits.MaxWorkPixels) = (maxPixels, maxWorkPixels));

        MediaToolException thrown =
            await Assert.ThrowsAsync<MediaToolException>(() => job.VideoAsync([Job.Rendition("128x128")]));

        Assert.Equal(JobErrorCode.TooManyPixels, thrown.Code);
    }

    [Theory]
    [InlineData(MediaProcessEnd.CpuLimit, 255, "", JobErrorCode.TooMuchWork)]
    [InlineData(MediaProcessEnd.TimedOut, 137, "", JobErrorCode.TimedOut)]
    [InlineData(MediaProcessEnd.OutputLimit, 137, "", JobErrorCode.EncodeFailed)]
    [InlineData(MediaProcessEnd.Exited, 139, "", JobErrorCode.EncodeFailed)]
    [InlineData(MediaProcessEnd.Exited, 69, "", JobErrorCode.MalformedVideo)]
    [InlineData(MediaProcessEnd.Exited, 1, "[mov,mp4 @ 0x55] moov atom not found", JobErrorCode.MalformedVideo)]
    [InlineData(MediaProcessEnd.Exited, 1, "Error while decoding: Invalid data found when processing input\nNo space left", JobErrorCode.EncodeFailed)]
    [InlineData(MediaProcessEnd.Exited, 0, "", JobErrorCode.EncodeFailed)]
    public async Task A_run_that_made_nothing_ends_with_its_code(MediaProcessEnd end, int exit, string errors, JobErrorCode code)
    {
        using Clip clip = await Clip.SimpleAsync("96x54", "25/1", 0.2, sound: false);
        using var job = new Job(clip, runner: new EndingRunner(new(end, exit, errors)));

        MediaToolException thrown =
            await Assert.ThrowsAnyAsync<MediaToolException>(() => job.VideoAsync([Job.Rendition("96x54")]));

        Assert.Equal(code, thrown.Code);
        Assert.Equal(code == JobErrorCode.TimedOut, thrown is MediaTimedOutException);
        Assert.Empty(Directory.GetFileSystemEntries(job.WorkFolder));
    }

    private sealed class EndingRunner(MediaProcessResult result) : IMediaProcessRunner
    {
        public Task<MediaProcessResult> RunAsync(MediaProcessStart start, CancellationToken cancellationToken) =>
            Task.FromResult(result);
    }

    private sealed class WatchedRunner : IMediaProcessRunner
    {
        private readonly TestProcessRunner _inner = new();

        public bool Running { get; private set; }

        public async Task<MediaProcessResult> RunAsync(MediaProcessStart start, CancellationToken cancellationToken)
        {
            Running = true;
            MediaProcessResult result = await _inner.RunAsync(start, cancellationToken);
            Running = false;
            return result;
        }
    }

    private sealed class Recorder(List<double> seen) : IProgress<double>
    {
        public void Report(double value) => seen.Add(value);
    }
}
