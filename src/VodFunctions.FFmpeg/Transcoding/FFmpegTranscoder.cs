using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.FFmpeg.Stills;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Makes renditions, sound and stills with ffmpeg: a command, a run in the sandbox, a packager beside it.</summary>
internal sealed class FFmpegTranscoder(
    IMediaProcessRunner runner, FilterSupport filters, StillsMaker stills, IOptions<VodOptions> options, TimeProvider time,
    ILogger<FFmpegTranscoder> logger) : IMediaTranscoder
{
    private TranscodingOptions Settings => options.Value.Transcoding;

    /// <inheritdoc />
    public async Task<IReadOnlyList<MeasuredTrack>> TranscodeVideoAsync(
        VideoWork work, IMediaSink sink, IProgress<double> progress, CancellationToken cancellationToken)
    {
        bool zscale = ColorConversion.NeedsZscale(work.Facts) && await filters.HasZscaleAsync(cancellationToken);
        using var folder = WorkFolder.Create(Settings);
        await using var uploads = new SegmentUploads(sink, cancellationToken);
        VideoPackager[] packagers =
        [
            .. work.Renditions.Select((rendition, index) => new VideoPackager(
                folder.CreateOutput(GroupFiles.Folder(index)), folder.CreateFile, rendition, work.Grid, work.Packaging, uploads)),
        ];
        var limits = RunLimits.Of(options.Value, work.Facts, work.Grid, work.Renditions);
        var place = new Place(progress);
        MediaProcessStart start = Start(
            VideoCommand.Build(work, limits.MaxPixels, zscale), folder, limits,
            line => ProgressLine.ByFrames(line, work.Grid.FrameCount), place);
        return await RunAsync(start, packagers, uploads, place, work.SourcePath, folder, "video", cancellationToken);
    }

    /// <inheritdoc />
    public async Task<MeasuredTrack> TranscodeAudioAsync(
        AudioWork work, IMediaSink sink, IProgress<double> progress, CancellationToken cancellationToken)
    {
        (MeasuredTrack track, bool beganAgain) = await RunSoundAsync(work, true, sink, progress, cancellationToken);
        // Made again under the same names. Encoding the sound costs little, and few sources need it.
        return beganAgain ? (await RunSoundAsync(work, false, sink, progress, cancellationToken)).Track : track;
    }

    private async Task<(MeasuredTrack Track, bool BeganAgain)> RunSoundAsync(
        AudioWork work, bool fillStart, IMediaSink sink, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var folder = WorkFolder.Create(Settings);
        await using var uploads = new SegmentUploads(sink, cancellationToken);
        bool beganAgain = false;
        var packager = new SoundPackager(folder.Output, Settings.MaxWorkBytes, work, uploads);
        var limits = RunLimits.Of(options.Value, work.Facts, work.Grid);
        var place = new Place(progress);
        MediaProcessStart start = Start(
            AudioCommand.Build(work, limits.MaxPixels, fillStart), folder, limits,
            line => ProgressLine.ByTime(line, work.Grid.DurationSeconds), place);
        IReadOnlyList<MeasuredTrack> tracks = await RunAsync(
            start, [packager], uploads, place, work.SourcePath, folder, "sound", cancellationToken,
            result => beganAgain = SoundFilter.BeganAgain(result.ErrorTail));
        return (tracks[0], beganAgain);
    }

    /// <inheritdoc />
    public async Task<MadeStills> MakeStillsAsync(StillsWork work, IMediaSink sink, CancellationToken cancellationToken)
    {
        bool zscale = ColorConversion.NeedsZscale(work.Facts) && await filters.HasZscaleAsync(cancellationToken);
        using var folder = WorkFolder.Create(Settings);
        return await stills.MakeAsync(work, zscale, folder, sink, RunLimits.Of(options.Value, work.Facts, work.Grid), cancellationToken);
    }

    private async Task<IReadOnlyList<MeasuredTrack>> RunAsync(
        MediaProcessStart start, ITrackPackager[] packagers, SegmentUploads uploads, Place place, string sourcePath,
        WorkFolder folder, string what, CancellationToken cancellationToken, Action<MediaProcessResult>? succeeded = null)
    {
        long began = time.GetTimestamp();
        try
        {
            await PackagedRun.RunAsync(
                runner, start, packagers, uploads, time,
                result =>
                {
                    RunOutcome.ThrowIfFailed(result, what, sourcePath, folder.Output.FullPath);
                    succeeded?.Invoke(result);
                },
                cancellationToken);
            MeasuredTrack[] tracks = [.. packagers.Select(packager => packager.Finish())];
            TranscodingLog.Made(logger, what, tracks.Length, time.GetElapsedTime(began).TotalSeconds);
            return tracks;
        }
        catch (InvalidDataException exception)
        {
            throw RunOutcome.SomethingElse(exception, place.Reached);
        }
        catch (EncodeFailedException failure)
        {
            throw new EncodeFailedException(failure.Message, place.Reached);
        }
        finally
        {
            foreach (ITrackPackager packager in packagers)
            {
                packager.Dispose();
            }
        }
    }

    private MediaProcessStart Start(
        IReadOnlyList<string> arguments, WorkFolder folder, RunLimits limits, Func<string, double?> readProgress,
        Place place) => new()
        {
            Tool = MediaTool.FFmpeg,
            Arguments = arguments,
            WorkFolder = folder.Output.FullPath,
            WallTime = limits.WallTime,
            MaxCpuTime = limits.CpuTime,
            MaxWorkBytes = Settings.MaxWorkBytes,
            OnOutputLine = line =>
            {
                if (readProgress(line) is { } fraction)
                {
                    place.Report(fraction);
                }
            },
        };

    /// <summary>Remembers how far a run is, while it passes that on.</summary>
    private sealed class Place(IProgress<double> progress) : IProgress<double>
    {
        private double _reached;

        public double Reached => Volatile.Read(ref _reached);

        public void Report(double value)
        {
            Volatile.Write(ref _reached, value);
            progress.Report(value);
        }
    }
}
