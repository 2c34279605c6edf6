using Microsoft.Extensions.Options;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Videos;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>Whether FFmpeg can work here: for start-up and <c>health/ready</c>.</summary>
/// <param name="sandbox">Finds it.</param>
/// <param name="runner">Runs it, sandbox and all.</param>
/// <param name="options">The work folder.</param>
public sealed class MediaTools(MediaSandbox sandbox, IMediaProcessRunner runner, IOptions<VodOptions> options)
{
    private volatile MediaToolsStatus? _ready;

    /// <summary>Asks both programs for their versions, in the sandbox. A success is remembered, a failure is not.</summary>
    public async Task<MediaToolsStatus> CheckAsync(CancellationToken cancellationToken)
    {
        if (_ready is { } known)
        {
            return known;
        }

        try
        {
            SandboxPlan plan = await sandbox.GetAsync(cancellationToken).ConfigureAwait(false);
            string ffmpeg = await VersionOfAsync(MediaTool.FFmpeg, cancellationToken).ConfigureAwait(false);
            string ffprobe = await VersionOfAsync(MediaTool.FFprobe, cancellationToken).ConfigureAwait(false);
            return _ready = new(true, ffmpeg, ffprobe, $"FFmpeg {ffmpeg}. {plan.Description}");
        }
        catch (Exception failure) when (failure is MediaToolException or IOException or PlatformNotSupportedException)
        {
            return new(false, null, null, failure.Message);
        }
    }

    private async Task<string> VersionOfAsync(MediaTool tool, CancellationToken cancellationToken)
    {
        string root = WorkFolders.RootOf(options.Value.Transcoding);
        WorkFolders.CreatePrivate(root);
        string first = "";
        var start = new MediaProcessStart
        {
            Tool = tool,
            Arguments = ["-version"],
            WorkFolder = root,
            WallTime = TimeSpan.FromSeconds(30),
            OnOutputLine = line => first = first.Length == 0 ? line : first,
        };
        MediaProcessResult result = await runner.RunAsync(start, cancellationToken).ConfigureAwait(false);

        // "ffmpeg version 5.1.9-0+deb12u1 Copyright (c) ..."
        return result.Succeeded && first.Split(' ') is [_, "version", var version, ..]
            ? version
            : throw new MediaToolException(JobErrorCode.Internal, $"{tool.FileName()} was found but does not start: {result.ErrorTail}");
    }
}

/// <summary>What <see cref="MediaTools"/> found.</summary>
/// <param name="Ready">FFmpeg can work.</param>
/// <param name="FFmpegVersion">As it says.</param>
/// <param name="FFprobeVersion">As it says.</param>
/// <param name="Message">One sentence: versions and sandbox, or what is missing and how to get it.</param>
public sealed record MediaToolsStatus(bool Ready, string? FFmpegVersion, string? FFprobeVersion, string Message);
