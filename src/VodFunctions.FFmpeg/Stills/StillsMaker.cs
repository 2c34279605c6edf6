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

    /// <summary>Makes what can be made. A video plays without stills, so one that fails is left out.</summary>
    /// <exception cref="MediaToolException">Neither was made.</exception>
    public async Task<MadeStills> MakeAsync(
        StillsWork work, bool zscale, WorkFolder folder, IMediaSink sink, RunLimits limits, CancellationToken cancellationToken)
    {
        MediaToolException? noPoster = await TryAsync("poster", async () =>
        {
            await RunAsync(StillsCommand.Poster(work, limits.MaxPixels, zscale), work, folder, limits, cancellationToken);
            await PutFileAsync(MediaFiles.Poster, folder, sink, cancellationToken);
        });
        MediaToolException? noStoryboard = await TryAsync(
            "storyboard", () => StoryboardAsync(work, zscale, folder, sink, limits, cancellationToken));
        return noPoster is not null && noStoryboard is not null
            ? throw noPoster
            : new MadeStills(noPoster is null, noStoryboard is null);
    }

    private async Task StoryboardAsync(
        StillsWork work, bool zscale, WorkFolder folder, IMediaSink sink, RunLimits limits, CancellationToken cancellationToken)
    {
        var plan = StoryboardPlan.For(work.PosterSize, work.Grid);
        bool skimmed = plan.CanSkim(work.Facts.LongestGroupSeconds)
            && await TryAsync("storyboard of keyframes", () => SheetAsync(true)) is null;
        if (!skimmed)
        {
            await SheetAsync(false);
        }

        await PutFileAsync(MediaFiles.StoryboardSheet, folder, sink, cancellationToken);
        byte[] cues = Encoding.UTF8.GetBytes(StoryboardCues.Build(plan, work.Grid.DurationSeconds));
        await sink.PutAsync(MediaFiles.StoryboardCues, new MemoryStream(cues), cancellationToken);

        async Task SheetAsync(bool keyFramesOnly)
        {
            await RunAsync(
                StillsCommand.Storyboard(work, plan, limits.MaxPixels, zscale, keyFramesOnly), work, folder, limits,
                cancellationToken);
            using FileStream sheet = Open(MediaFiles.StoryboardSheet, folder) ?? throw Nothing(MediaFiles.StoryboardSheet);
        }
    }

    private async Task<MediaToolException?> TryAsync(string what, Func<Task> make)
    {
        try
        {
            await make();
            return null;
        }
        catch (MediaToolException failure)
        {
            TranscodingLog.NoStill(logger, what, failure.Message);
            return failure;
        }
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

    private static async Task PutFileAsync(string name, WorkFolder folder, IMediaSink sink, CancellationToken cancellationToken)
    {
        await using FileStream file = Open(name, folder) ?? throw Nothing(name);
        await sink.PutAsync(name, file, cancellationToken);
    }

    private static EncodeFailedException Nothing(string name) => new($"ffmpeg (stills) made no {name}.");

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
