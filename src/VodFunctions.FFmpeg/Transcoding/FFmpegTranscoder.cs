using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Orientation;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.FFmpeg.Stills;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Makes renditions, sound and stills with ffmpeg: a command, a run in the sandbox, a packager beside it.</summary>
internal sealed class FFmpegTranscoder(
    IMediaProcessRunner runner, FilterSupport filters, StillsMaker stills, IOptions<VodOptions> options, TimeProvider time,
    ILogger<FFmpegTranscoder> logger) : IMediaTranscoder
{
    /// <summary>Exit codes above are signals.</summary>
    private const int SignalBase = 125;

    /// <summary>More than the headers of a file that holds no sound.</summary>
    private const int EmptyFileBytes = 2048;

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
        (string path, SourceFacts facts) = await ReadableAsync(work.SourcePath, work.Facts, limits, folder, cancellationToken);
        IReadOnlyList<string> sound = work.Packaging == Packaging.MpegTs && facts.AudioStream is not null
            ? await DecodeSoundAsync(path, facts, work.Grid, limits, folder, new(new Progress<double>()), cancellationToken)
            : [];
        MediaProcessStart start = Start(
            VideoCommand.Build(work with { SourcePath = path, Facts = facts }, limits.MaxPixels, zscale, sound), folder, limits,
            line => ProgressLine.ByFrames(line, work.Grid.FrameCount), place);
        return await RunAsync(start, packagers, uploads, place, work.SourcePath, folder, "video", cancellationToken);
    }

    /// <inheritdoc />
    public async Task<MeasuredTrack> TranscodeAudioAsync(
        AudioWork work, IMediaSink sink, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var folder = WorkFolder.Create(Settings);
        await using var uploads = new SegmentUploads(sink, cancellationToken);
        var packager = new SoundPackager(folder.Output, Settings.MaxWorkBytes, work, uploads);
        var limits = RunLimits.Of(options.Value, work.Facts, work.Grid);
        var place = new Place(progress);
        (string path, SourceFacts facts) = await ReadableAsync(work.SourcePath, work.Facts, limits, folder, cancellationToken);
        IReadOnlyList<string> input = await DecodeSoundAsync(
            path, facts, work.Grid, limits, folder, new(new Half(place, 0)), cancellationToken);
        MediaProcessStart start = Start(
            SoundCommand.Encode(input, work.Grid, work.Bitrate), folder, limits,
            line => ProgressLine.ByTime(line, work.Grid.DurationSeconds), new(new Half(place, 0.5)));
        return (await RunAsync(start, [packager], uploads, place, work.SourcePath, folder, "sound", cancellationToken))[0];
    }

    /// <inheritdoc />
    public async Task<MadeStills> MakeStillsAsync(StillsWork work, IMediaSink sink, CancellationToken cancellationToken)
    {
        bool zscale = ColorConversion.NeedsZscale(work.Facts) && await filters.HasZscaleAsync(cancellationToken);
        using var folder = WorkFolder.Create(Settings);
        var limits = RunLimits.Of(options.Value, work.Facts, work.Grid);
        (string path, SourceFacts facts) = await ReadableAsync(work.SourcePath, work.Facts, limits, folder, cancellationToken);
        return await stills.MakeAsync(
            work with { SourcePath = path, Facts = facts }, zscale, folder, sink, limits, cancellationToken);
    }

    /// <summary>
    /// The source itself; or a copy in the work folder, where its bitstream turns the picture or its clock jumps: without either.
    /// </summary>
    private async Task<(string Path, SourceFacts Facts)> ReadableAsync(
        string path, SourceFacts facts, RunLimits limits, WorkFolder folder, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        if (facts.HasOrientationMessages)
        {
            string muted = folder.PathOf("muted");
            await OrientationScan.CopyMutedAsync(path, muted, facts, cancellationToken);
            path = muted;
        }

        if (facts.ClockJumps is null)
        {
            return (path, facts);
        }

        await JoinAsync(path, facts, limits, folder, cancellationToken);
        return (JoinCommand.Output, JoinCommand.FactsOf(facts));
    }

    private async Task JoinAsync(
        string path, SourceFacts facts, RunLimits limits, WorkFolder folder, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> units = JoinCommand.Units(facts);
        for (int i = 0; i < units.Count; i++)
        {
            MediaProcessStart start = Start(
                JoinCommand.Build(path, facts, limits.MaxPixels, units[i]), folder, limits, _ => null, new(new Progress<double>()));
            start = start with { MaxWorkBytes = start.MaxWorkBytes + new FileInfo(path).Length };
            RunOutcome.ThrowIfFailed(
                await runner.RunAsync(start, cancellationToken), "joining", path, folder.Output.FullPath);
            if (i == units.Count - 1 || await StartsRightlyAsync(facts, limits, folder, cancellationToken))
            {
                break;
            }
        }
    }

    private async Task<bool> StartsRightlyAsync(
        SourceFacts facts, RunLimits limits, WorkFolder folder, CancellationToken cancellationToken)
    {
        string said = "";
        var start = new MediaProcessStart
        {
            Tool = MediaTool.FFprobe,
            Arguments = JoinCommand.Start(facts),
            WorkFolder = folder.Output.FullPath,
            WallTime = limits.WallTime,
            OnOutputLine = line => said += line,
        };
        await runner.RunAsync(start, cancellationToken);
        return JoinCommand.StartsRightly(said);
    }

    /// <summary>Decodes the sound into the work folder.</summary>
    /// <returns>The arguments that read it; silence when there is none.</returns>
    private async Task<IReadOnlyList<string>> DecodeSoundAsync(
        string path, SourceFacts facts, TimeGrid grid, RunLimits limits, WorkFolder folder, Place progress,
        CancellationToken cancellationToken)
    {
        MediaProcessStart start = Start(
            SoundCommand.Decode(path, facts, grid, limits.MaxPixels), folder, limits,
            line => ProgressLine.ByTime(line, grid.DurationSeconds), progress);
        start = start with { MaxWorkBytes = start.MaxWorkBytes + SoundCommand.DecodedBytes(grid) };
        MediaProcessResult result = await runner.RunAsync(start, cancellationToken);
        if (result.End != MediaProcessEnd.Exited || result.ExitCode > SignalBase)
        {
            RunOutcome.ThrowIfFailed(result, "sound", path, folder.Output.FullPath);
        }

        await using FileStream? decoded = folder.Output.TryOpen(SoundCommand.Decoded, long.MaxValue);
        if (decoded?.Length > EmptyFileBytes)
        {
            return SoundCommand.DecodedInput;
        }

        TranscodingLog.SoundIsSilence(logger, RunOutcome.Tail(result.ErrorTail, path, folder.Output.FullPath));
        return SoundCommand.SilentInput;
    }

    private async Task<IReadOnlyList<MeasuredTrack>> RunAsync(
        MediaProcessStart start, ITrackPackager[] packagers, SegmentUploads uploads, Place place, string sourcePath,
        WorkFolder folder, string what, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        try
        {
            await PackagedRun.RunAsync(
                runner, start, packagers, uploads, time,
                result => RunOutcome.ThrowIfFailed(result, what, sourcePath, folder.Output.FullPath),
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
            // What one run leaves for the next comes on top of what a run may write.
            MaxWorkBytes = Settings.MaxWorkBytes + WorkFolderSize.Measure(folder.Output.FullPath),
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

    /// <summary>Passes on the progress of one of two runs.</summary>
    private sealed class Half(IProgress<double> whole, double from) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + (value / 2));
    }
}
