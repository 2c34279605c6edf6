using System.Globalization;
using System.Net;
using System.Net.Sockets;
using VodFunctions.Core.Settings;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>
/// Finds out what a program that an upload has taken over could reach, by trying it: a plan says what should hold, kernels
/// and container platforms decide what does.
/// </summary>
/// <param name="launcher">Launches the wrapper.</param>
/// <param name="workRoot">A folder for the attempts.</param>
internal sealed class IsolationCheck(IMediaProcessLauncher launcher, string workRoot)
{
    /// <summary>Prints a line for each file that it can read a byte of.</summary>
    private const string ReadEach = "for file do head -c 1 \"$file\" >/dev/null 2>&1 && echo read; done; :";

    /// <summary>Whether a program runs under the plan at all.</summary>
    public async Task<bool> RunsAsync(SandboxPlan plan, CancellationToken cancellationToken)
    {
        string folder = CreateFolder();
        try
        {
            return await RunAsync(plan, "/bin/sh", ["-c", ":"], folder, _ => { }, cancellationToken).ConfigureAwait(false) == 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The level that holds: nothing that belongs to it could be got around.</summary>
    public async Task<IsolationLevel> MeasureAsync(SandboxPlan plan, CancellationToken cancellationToken)
    {
        string folder = CreateFolder();
        try
        {
            return await ReadsSecretsAsync(plan, folder, cancellationToken).ConfigureAwait(false) ? IsolationLevel.None
                : await ConnectsAsync(plan, folder, cancellationToken).ConfigureAwait(false) ? IsolationLevel.Secrets
                : IsolationLevel.Full;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A file in a folder for this user alone, as keys are; and the environment of this process and of those above it.</summary>
    private async Task<bool> ReadsSecretsAsync(SandboxPlan plan, string folder, CancellationToken cancellationToken)
    {
        string secret = Path.Combine(folder, "secret");
        await File.WriteAllTextAsync(secret, "secret", cancellationToken).ConfigureAwait(false);
        string work = Path.Combine(folder, "work");
        WorkFolders.CreatePrivate(work);

        bool read = false;
        int code = await RunAsync(
            plan, "/bin/sh", ["-c", ReadEach, "check", secret, .. EnvironmentsOfOurs()], work, _ => read = true, cancellationToken)
            .ConfigureAwait(false);

        // An attempt that could not be made proves nothing.
        return read || code != 0;
    }

    private async Task<bool> ConnectsAsync(SandboxPlan plan, string folder, CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string url = string.Create(
            CultureInfo.InvariantCulture, $"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}?timeout=1000000");
        await RunAsync(
            plan, plan.FFprobe, ["-v", "quiet", "-f", "mpegts", "-i", url], Path.Combine(folder, "work"), _ => { }, cancellationToken)
            .ConfigureAwait(false);
        return listener.Pending();
    }

    private static IEnumerable<string> EnvironmentsOfOurs()
    {
        for (int process = Environment.ProcessId; process > 0 && Directory.Exists($"/proc/{process}"); process = ParentOf(process))
        {
            yield return $"/proc/{process}/environ";
        }
    }

    /// <summary>From <c>/proc/PID/status</c> (proc(5)); 0 where there is none, or it cannot be read.</summary>
    private static int ParentOf(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(text => text.StartsWith("PPid:", StringComparison.Ordinal));
            return int.TryParse(line?["PPid:".Length..], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out int parent) ? parent : 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private string CreateFolder()
    {
        WorkFolders.CreatePrivate(workRoot);
        string folder = Path.Combine(workRoot, $"check-{Path.GetRandomFileName()}");
        WorkFolders.CreatePrivate(folder);
        return folder;
    }

    private Task<int> RunAsync(
        SandboxPlan plan, string program, IReadOnlyList<string> arguments, string folder, Action<string> onLine, CancellationToken cancellationToken)
    {
        var start = new MediaProcessStart
        {
            Tool = MediaTool.FFprobe,
            Arguments = arguments,
            WorkFolder = folder,
            WallTime = TimeSpan.FromSeconds(30),
        };
        IReadOnlyList<string> words = SandboxCommand.Build(plan with { FFprobe = program }, start);
        return launcher.RunAsync(new(plan.WrapperFolder, MediaTool.FFprobe, words, folder, onLine, _ => { }), cancellationToken);
    }
}
