using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.FFmpeg.Transcoding;

namespace VodFunctions.FFmpeg.Stills;

/// <summary>Makes the poster, the sprite sheet and its cues.</summary>
internal sealed class StillsMaker(IMediaProcessRunner runner, IOptions<VodOptions> options, ILogger<StillsMaker> logger)
{
    /// <summary>A JPEG of 4,096 x 4,096 pixels in this quality takes a tenth of that, noise a third.</summary>
    private const long MaxPictureBytes = 64 * 1024 * 1024;

    public async Task MakeAsync(
        StillsWork work, bool toneMap, WorkFolder folder, IMediaSink sink, RunLimits limits, CancellationToken cancellationToken)
    {
        var plan = StoryboardPlan.For(work.PosterSize, work.Grid);
        await RunAsync(StillsCommand.Poster(work, limits.MaxPixels, toneMap), work, folder, limits, cancellationToken);
        await PutFileAsync(MediaFiles.Poster, folder, sink, cancellationToken);

        await RunAsync(StillsCommand.Storyboard(work, plan, limits.MaxPixels, toneMap, true), work, folder, limits, cancellationToken);
        if (!HasSheet(folder))
        {
            TranscodingLog.StoryboardFallback(logger);
            await RunAsync(
                StillsCommand.Storyboard(work, plan, limits.MaxPixels, toneMap, false), work, folder, limits, cancellationToken);
        }

        await PutFileAsync(MediaFiles.StoryboardSheet, folder, sink, cancellationToken);
        byte[] cues = Encoding.UTF8.GetBytes(StoryboardCues.Build(plan, work.Grid.DurationSeconds));
        await sink.PutAsync(MediaFiles.StoryboardCues, new MemoryStream(cues), cancellationToken);
    }

    private async Task RunAsync(
        IReadOnlyList<string> arguments, StillsWork work, WorkFolder folder, RunLimits limits,
        CancellationToken cancellationToken)
    {
        MediaProcessResult result = await runner.RunAsync(
            new()
            {
                Tool = MediaTool.FFmpeg,
                Arguments = arguments,
                WorkFolder = folder.Output.FullPath,
                WallTime = limits.WallTime,
                MaxCpuTime = limits.CpuTime,
                MaxWorkBytes = options.Value.Transcoding.MaxWorkBytes,
            },
            cancellationToken);
        RunOutcome.ThrowIfFailed(result, "stills", work.SourcePath, folder.Output.FullPath);
    }

    private static bool HasSheet(WorkFolder folder)
    {
        using FileStream? sheet = Open(MediaFiles.StoryboardSheet, folder);
        return sheet is not null;
    }

    private static async Task PutFileAsync(string name, WorkFolder folder, IMediaSink sink, CancellationToken cancellationToken)
    {
        await using FileStream file = Open(name, folder) ?? throw new EncodeFailedException($"ffmpeg (stills) made no {name}.");
        await sink.PutAsync(name, file, cancellationToken);
    }

    private static FileStream? Open(string name, WorkFolder folder)
    {
        try
        {
            return folder.Output.TryOpen(name, MaxPictureBytes);
        }
        catch (InvalidDataException exception)
        {
            throw RunOutcome.SomethingElse(exception);
        }
    }
}
