using System.Collections.Concurrent;
using System.Text;
using VodFunctions.Core.Ladder;
using VodFunctions.Core.Media;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Transcoding;
using VodFunctions.Core.Videos;

namespace VodFunctions.Testing;

/// <summary>Media without FFmpeg: makes small files that add up, unless a test scripts it otherwise.</summary>
public sealed class ScriptedMedia : IMediaProber, IMediaTranscoder, ISourceCache
{
    private readonly ConcurrentDictionary<string, int> _calls = new();

    /// <summary>What a source is: 21 s of 720p with sound.</summary>
    public static SourceFacts Facts { get; } = new()
    {
        VideoStream = 0,
        AudioStream = 1,
        Demuxer = "mov",
        VideoCodec = "h264",
        ShownSize = new PixelSize(1280, 720),
        FrameRate = new FrameRate(25, 1),
        DurationSeconds = 21,
        VideoBitrate = Bitrate.Parse("6M"),
    };

    /// <summary>Called instead of probing.</summary>
    public Func<int, CancellationToken, Task<ProbeOutcome>> OnProbe { get; set; } =
        (_, _) => Task.FromResult(ProbeOutcome.Accepted(Facts));

    /// <summary>Called before anything is made: the work's name, which call of it, a token.</summary>
    public Func<string, int, CancellationToken, Task> OnMake { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>Called when a local copy is asked for.</summary>
    public Func<VideoId, string, Task> OnAcquire { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>How often each work was begun, by name: <c>probe</c>, <c>v720-4000k+v480-2000k</c>, <c>a128k</c>, <c>stills</c>.</summary>
    public IReadOnlyDictionary<string, int> Calls => _calls;

    public Task<ProbeOutcome> ProbeAsync(string path, CancellationToken cancellationToken) =>
        OnProbe(Count("probe"), cancellationToken);

    public async Task<IReadOnlyList<MeasuredTrack>> TranscodeVideoAsync(
        VideoWork work, IMediaSink sink, IProgress<double> progress, CancellationToken cancellationToken)
    {
        string name = string.Join('+', work.Renditions.Select(rendition => rendition.Name));
        await OnMake(name, Count(name), cancellationToken);
        var tracks = new List<MeasuredTrack>();
        foreach (Rendition rendition in work.Renditions)
        {
            tracks.Add(await StoreAsync(sink, rendition.Name, "avc1.64001f", rendition, work.Grid, cancellationToken));
        }

        return tracks;
    }

    public async Task<MeasuredTrack> TranscodeAudioAsync(
        AudioWork work, IMediaSink sink, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await OnMake(work.Name, Count(work.Name), cancellationToken);
        return await StoreAsync(sink, work.Name, "mp4a.40.2", null, work.Grid, cancellationToken);
    }

    public async Task<MadeStills> MakeStillsAsync(StillsWork work, IMediaSink sink, CancellationToken cancellationToken)
    {
        await OnMake("stills", Count("stills"), cancellationToken);
        foreach (string file in (string[])[MediaFiles.Poster, MediaFiles.StoryboardSheet, MediaFiles.StoryboardCues])
        {
            await PutAsync(sink, file, cancellationToken);
        }

        return MadeStills.Both;
    }

    public async Task<ISourceLease> AcquireAsync(VideoId videoId, string etag, CancellationToken cancellationToken)
    {
        await OnAcquire(videoId, etag);
        return new Lease();
    }

    /// <summary>Videos whose local copies were to go.</summary>
    public ConcurrentQueue<VideoId> Forgotten { get; } = new();

    public void Forget(VideoId videoId) => Forgotten.Enqueue(videoId);

    private static async Task<MeasuredTrack> StoreAsync(
        IMediaSink sink, string name, string codecs, Rendition? rendition, TimeGrid grid, CancellationToken cancellationToken)
    {
        await PutAsync(sink, $"{name}/{MediaFiles.Init}", cancellationToken);
        var segments = new List<MeasuredSegment>();
        foreach (int groups in grid.GroupsPerSegment())
        {
            string file = $"seg_{segments.Count:D5}.m4s";
            await PutAsync(sink, $"{name}/{file}", cancellationToken);
            MeasuredKeyFrame[] keys = rendition is null ? [] : [new MeasuredKeyFrame(0, 100, groups * TimeGrid.GroupSeconds)];
            segments.Add(new MeasuredSegment(file, groups * TimeGrid.GroupSeconds, 1000 * groups, keys));
        }

        return new MeasuredTrack(
            name, codecs, rendition?.Size, rendition is null ? null : grid.FrameRate, HasInit: true, segments);
    }

    private static async Task PutAsync(IMediaSink sink, string path, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(path));
        await sink.PutAsync(path, content, cancellationToken);
    }

    private int Count(string work) => _calls.AddOrUpdate(work, 1, (_, count) => count + 1);

    private sealed class Lease : ISourceLease
    {
        public string Path => "/nowhere";

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
