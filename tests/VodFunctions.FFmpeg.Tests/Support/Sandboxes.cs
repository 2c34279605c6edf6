using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Settings;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>Runners over the real wrapper, with a program of the test's choice in FFmpeg's place.</summary>
internal static class Sandboxes
{
    private static readonly MediaSandbox s_real =
        new(new SystemMediaProcessLauncher(TimeProvider.System), Options.Create(new VodOptions()));

    public static async Task<SandboxPlan> PlanAsync() => await s_real.GetAsync(CancellationToken.None);

    /// <summary>What this machine permits, what a container often does, and the weakest that a machine may permit.</summary>
    public static async Task<IReadOnlyList<SandboxPlan>> PlansAsync()
    {
        SandboxPlan best = await PlanAsync();
        SandboxPlan[] others =
        [
            best with { Isolation = SandboxIsolation.Confine },
            best with { Isolation = SandboxIsolation.None, Privileges = SandboxPrivileges.None },
        ];
        return [best, .. best.Isolation == SandboxIsolation.Bubblewrap ? others : others[1..]];
    }

    /// <summary>FFmpeg as a host runs it.</summary>
    public static MediaProcessRunner Runner() => new(
        new SystemMediaProcessLauncher(TimeProvider.System), s_real, TimeProvider.System, NullLogger<MediaProcessRunner>.Instance);

    public static MediaProcessRunner Runner(SandboxPlan plan)
    {
        var launcher = new SystemMediaProcessLauncher(TimeProvider.System);
        return new(launcher, new MediaSandbox(plan, launcher), TimeProvider.System, NullLogger<MediaProcessRunner>.Instance);
    }

    public static async Task<MediaProcessRunner> FFmpegAsync() => Runner(await PlanAsync());

    /// <summary>Runs <c>sh -c script</c> where ffprobe would run.</summary>
    public static MediaProcessStart Script(string script, string folder) => new()
    {
        Tool = MediaTool.FFprobe,
        Arguments = ["-c", script],
        WorkFolder = folder,
        WallTime = TimeSpan.FromMinutes(2),
    };

    public static MediaProcessRunner ShellRunner(SandboxPlan plan) => Runner(plan with { FFprobe = "/bin/sh" });
}
