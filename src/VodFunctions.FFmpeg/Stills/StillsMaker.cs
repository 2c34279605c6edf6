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
    public async Task MakeAsync(
        StillsWork work, bool toneMap, WorkFolder folder, IMediaSink sink, TimeSpan wallTime, CancellationToken cancellationToken)
    {
        var plan = StoryboardPlan.For(work.PosterSize, work.Grid);
        await RunAsync(StillsCommand.Poster(work, toneMap), work, folder, wallTime, cancellationToken);
        await PutFileAsync(MediaFiles.Poster, folder, sink, cancellationToken);

        await RunAsync(StillsCommand.Storyboard(work, plan, toneMap, true), work, folder, wallTime, cancellationToken);
        if (!File.Exists(folder.File(MediaFiles.StoryboardSheet)))
        {
            TranscodingLog.StoryboardFallback(logger);
            await RunAsync(StillsCommand.Storyboard(work, plan, toneMap, false), work, folder, wallTime, cancellationToken);
        }

        await PutFileAsync(MediaFiles.StoryboardSheet, folder, sink, cancellationToken);
        byte[] cues = Encoding.UTF8.GetBytes(StoryboardCues.Build(plan, work.Grid.DurationSeconds));
        await sink.PutAsync(MediaFiles.StoryboardCues, new MemoryStream(cues), cancellationToken);
    }

    private async Task RunAsync(
        IReadOnlyList<string> arguments, StillsWork work, WorkFolder folder, TimeSpan wallTime,
        CancellationToken cancellationToken)
    {
        MediaProcessResult result = await runner.RunAsync(
            new()
            {
                Tool = MediaTool.FFmpeg,
                Arguments = arguments,
                WorkFolder = folder.FullPath,
                WallTime = wallTime,
                MaxWorkBytes = options.Value.Transcoding.MaxWorkBytes,
            },
            cancellationToken);
        RunOutcome.ThrowIfFailed(result, "stills", work.SourcePath, folder.FullPath);
    }

    private static async Task PutFileAsync(string name, WorkFolder folder, IMediaSink sink, CancellationToken cancellationToken)
    {
        if (!File.Exists(folder.File(name)))
        {
            throw new EncodeFailedException($"ffmpeg (stills) made no {name}.");
        }

        await using FileStream file = File.OpenRead(folder.File(name));
        await sink.PutAsync(name, file, cancellationToken);
    }
}
