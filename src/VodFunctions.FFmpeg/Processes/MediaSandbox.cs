using Microsoft.Extensions.Options;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Videos;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>Finds the programs and what the sandbox can do on this machine, on first use, and remembers it.</summary>
/// <param name="launcher">Asks the wrapper.</param>
/// <param name="options">Where FFmpeg is, and memory.</param>
public sealed class MediaSandbox(IMediaProcessLauncher launcher, IOptions<VodOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _once = new(1, 1);
    private volatile SandboxPlan? _plan;

    /// <summary>A sandbox of which all is known.</summary>
    internal MediaSandbox(SandboxPlan plan, IMediaProcessLauncher launcher)
        : this(launcher, Options.Create(new VodOptions())) => _plan = plan;

    /// <summary>The plan. A failure is not remembered: FFmpeg may be installed while the host runs.</summary>
    /// <exception cref="MediaToolException">There is no FFmpeg, or the wrapper does not work; the message says what to do.</exception>
    public async Task<SandboxPlan> GetAsync(CancellationToken cancellationToken)
    {
        if (_plan is { } known)
        {
            return known;
        }

        await _once.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _plan ??= await FindAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _once.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _once.Dispose();

    private async Task<SandboxPlan> FindAsync(CancellationToken cancellationToken)
    {
        TranscodingOptions transcoding = options.Value.Transcoding;
        string? ffmpeg = ToolSearch.Find("ffmpeg", transcoding.FFmpegFolder);
        string? ffprobe = ToolSearch.Find("ffprobe", transcoding.FFmpegFolder);
        if (ffmpeg is null || ffprobe is null)
        {
            throw new MediaToolException(JobErrorCode.Internal, ToolSearch.MissingSentence(transcoding.FFmpegFolder));
        }

        string folder = WrapperFolder.Prepare(WorkFolders.RootOf(transcoding));
        (SandboxIsolation isolation, SandboxPrivileges privileges) =
            await DetectAsync(folder, cancellationToken).ConfigureAwait(false);
        return new(folder, ffmpeg, ffprobe, isolation, privileges, transcoding.MaxMemoryBytes);
    }

    private async Task<(SandboxIsolation Isolation, SandboxPrivileges Privileges)> DetectAsync(
        string folder, CancellationToken cancellationToken)
    {
        string answer = "";
        var launch = new MediaLaunch(folder, MediaTool.FFprobe, ["-vod-detect"], folder, line => answer = line, _ => { });
        int code = await launcher.RunAsync(launch, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        string[] words = answer.Split(' ', '=');
        return code == 0
            && words is ["isolate", var isolate, "privs", var privs]
            && Enum.TryParse(isolate, ignoreCase: true, out SandboxIsolation isolation)
            && Enum.TryParse(privs, ignoreCase: true, out SandboxPrivileges privileges)
            ? (isolation, privileges)
            : throw new MediaToolException(JobErrorCode.Internal, $"The sandbox around FFmpeg does not start (code {code}).");
    }
}
