using Microsoft.Extensions.Options;
using VodFunctions.Confine;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Videos;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>Finds the programs and what the sandbox can do on this machine, on first use, and remembers it.</summary>
/// <param name="launcher">Launches the wrapper.</param>
/// <param name="options">Where FFmpeg is, memory, and the isolation that is asked for.</param>
public sealed class MediaSandbox(IMediaProcessLauncher launcher, IOptions<VodOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _once = new(1, 1);
    private volatile SandboxPlan? _plan;

    /// <summary>A sandbox of which all is known.</summary>
    internal MediaSandbox(SandboxPlan plan, IMediaProcessLauncher launcher)
        : this(launcher, Options.Create(new VodOptions())) => _plan = plan;

    /// <summary>The plan. A failure is not remembered: FFmpeg may be installed while the host runs.</summary>
    /// <exception cref="MediaToolException">There is no FFmpeg, or the wrapper does not work; the message says what to do.</exception>
    /// <exception cref="IsolationException">FFmpeg can be isolated less than <c>Vod:Transcoding:RequireIsolation</c> asks for.</exception>
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

        string root = WorkFolders.RootOf(transcoding);
        var check = new IsolationCheck(launcher, root);
        SandboxPlan plan = await FirstThatRunsAsync(
            check, new(WrapperFolder.Prepare(root), ffmpeg, ffprobe, default, default, transcoding.MaxMemoryBytes), cancellationToken)
            .ConfigureAwait(false);
        if (plan is { Isolation: SandboxIsolation.None, Privileges: not SandboxPrivileges.Uid })
        {
            // FFmpeg runs as this user and sees its processes: at least this one's secrets stay its own.
            ProcessMemory.Hide();
        }

        plan = plan with { Level = await check.MeasureAsync(plan, cancellationToken).ConfigureAwait(false) };
        cancellationToken.ThrowIfCancellationRequested();
        return plan.Level >= transcoding.RequireIsolation ? plan : throw new IsolationException(plan, transcoding.RequireIsolation);
    }

    private static async Task<SandboxPlan> FirstThatRunsAsync(IsolationCheck check, SandboxPlan plan, CancellationToken cancellationToken)
    {
        foreach (SandboxPlan candidate in Candidates(plan, Environment.IsPrivilegedProcess))
        {
            if (await check.RunsAsync(candidate, cancellationToken).ConfigureAwait(false))
            {
                return candidate;
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new MediaToolException(JobErrorCode.Internal, "The sandbox around FFmpeg does not start.");
    }

    /// <summary>All ways, the strongest first. Giving up root is for root; the other ways give up what is left.</summary>
    internal static IEnumerable<SandboxPlan> Candidates(SandboxPlan plan, bool isRoot) =>
        from isolation in Enum.GetValues<SandboxIsolation>()
        from privileges in Enum.GetValues<SandboxPrivileges>()
        where isRoot || privileges != SandboxPrivileges.Uid
        select plan with { Isolation = isolation, Privileges = privileges };
}
