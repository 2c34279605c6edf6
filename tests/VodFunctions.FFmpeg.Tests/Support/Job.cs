using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Ladder;
using VodFunctions.Core.Media;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.FFmpeg.Stills;
using VodFunctions.FFmpeg.Transcoding;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>The transcoding part of a job: a clip goes in, a folder that a player could be pointed at comes out.</summary>
internal sealed class Job : IDisposable
{
    public Job(
        Clip clip, Action<TranscodingOptions>? configure = null, IMediaProcessRunner? runner = null,
        Action<SourceLimits>? limits = null)
    {
        Clip = clip;
        Root = Directory.CreateTempSubdirectory("vod-job-").FullName;
        var options = new VodOptions();
        options.Transcoding.WorkFolder = Path.Combine(Root, "work");
        configure?.Invoke(options.Transcoding);
        limits?.Invoke(options.Limits);
        runner ??= Sandboxes.Runner();
        IOptions<VodOptions> settings = Options.Create(options);
        Transcoder = new FFmpegTranscoder(
            runner, new(runner, settings), new(runner, settings, NullLogger<StillsMaker>.Instance), settings,
            TimeProvider.System, NullLogger<FFmpegTranscoder>.Instance);
        Sink = new(Output);
        Grid = new(
            clip.Facts.FrameRate, Math.Max(1, (long)Math.Round(clip.Facts.DurationSeconds * clip.Facts.FrameRate.FramesPerSecond)),
            options.Transcoding.SegmentSeconds, options.Transcoding.FastStart);
    }

    public Clip Clip { get; }

    public string Root { get; }

    public string Output => Path.Combine(Root, "media");

    public string WorkFolder => Path.Combine(Root, "work");

    public FolderSink Sink { get; init; }

    public TimeGrid Grid { get; init; }

    public Packaging Packaging { get; init; }

    public Bitrate AudioBitrate { get; } = Bitrate.Parse("128k");

    public IMediaTranscoder Transcoder { get; }

    public IReadOnlyList<MeasuredTrack> Video { get; private set; } = [];

    public MeasuredTrack? Audio { get; private set; }

    public static Rendition Rendition(string size, string ceiling = "500k") =>
        new(PixelSize.Parse(size), Bitrate.Parse(ceiling));

    public Task<IReadOnlyList<MeasuredTrack>> VideoAsync(
        IReadOnlyList<Rendition> renditions, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        Transcoder.TranscodeVideoAsync(
            new(Clip.Path, Clip.Facts, Grid, renditions, Packaging, AudioBitrate), Sink, progress ?? new Progress<double>(),
            cancellationToken);

    /// <summary>All of it, playlists too; in one process or in one for each rendition.</summary>
    public async Task RunAsync(Grouping grouping, params Rendition[] renditions)
    {
        var video = new List<MeasuredTrack>();
        foreach (Rendition[] share in grouping == Grouping.SharedDecode ? [renditions] : renditions.Chunk(1))
        {
            video.AddRange(await VideoAsync(share));
        }

        Video = video;
        if (Clip.Facts.AudioStream is not null && Packaging == Packaging.Cmaf)
        {
            Audio = await Transcoder.TranscodeAudioAsync(
                new(Clip.Path, Clip.Facts, Grid, AudioBitrate), Sink, new Progress<double>(), CancellationToken.None);
        }

        await WritePlaylistsAsync();
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private async Task WritePlaylistsAsync()
    {
        MeasuredTrack[] all = [.. Video, .. Audio is null ? Array.Empty<MeasuredTrack>() : [Audio]];
        int target = MeasuredRates.TargetDuration(all);
        foreach (MeasuredTrack track in all)
        {
            await WriteAsync($"{track.Name}/{MediaFiles.MediaPlaylist}", MediaPlaylist.Build(track, target));
        }

        foreach (MeasuredTrack track in Video)
        {
            await WriteAsync($"{track.Name}/{MediaFiles.IFramePlaylist}", IFramePlaylist.Build(track, target));
        }

        await WriteAsync(MediaFiles.Master, MasterPlaylist.Build(Video, Audio, Clip.Facts.AudioLanguage));
    }

    private Task WriteAsync(string path, string text) => File.WriteAllTextAsync(Path.Combine(Output, path), text);
}
