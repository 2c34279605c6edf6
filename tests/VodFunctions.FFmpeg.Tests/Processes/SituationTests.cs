using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.FFmpeg.Tests.Support;
using VodFunctions.Testing.Azurite;

namespace VodFunctions.FFmpeg.Tests.Processes;

/// <summary>
/// What a program that an upload has taken over can do, in each situation that a host may run in: a script in FFmpeg's place
/// tries it. <c>docs/media.md</c> has the outcome as a table, which is compared here.
/// </summary>
public sealed class SituationTests : IDisposable
{
    /// <summary>Prints one word for each thing that could be done. Arguments: key file, process, TCP port, UDP port.</summary>
    private const string Attack = """
        head -c 1 "$1" >/dev/null && echo files
        head -c 1 "/proc/$2/environ" >/dev/null && echo environment
        (: </dev/tcp/127.0.0.1/$3)
        (echo x >/dev/udp/127.0.0.1/$4)
        kill -0 "$2" && echo signals
        (echo x >"${1%/*}/written") && echo writes
        (echo x >work-file) && rm work-file && echo works
        :
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("vod-situation-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    public static TheoryData<string, bool> Rows()
    {
        TheoryData<string, bool> rows = [];
        foreach (Situation situation in Situation.All)
        {
            rows.Add(situation.Name, true);
            if (!situation.HasNamespaces)
            {
                rows.Add(situation.Name, false);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_program_that_was_taken_over_can_do_what_the_documentation_says(string name, bool hasLandlock)
    {
        if (!Environment.IsPrivilegedProcess || !OperatingSystem.IsLinux())
        {
            return;
        }

        Situation situation = Situation.All.Single(one => one.Name == name);
        string key = Path.Combine(Folder("keys"), "key"), work = Folder("work");
        await File.WriteAllTextAsync(key, "secret");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await RunToEndAsync("chown", "-R", $"{situation.User}:{situation.User}", _root);
        var launcher = new SituationLauncher(situation, Folder("mount"));
        SandboxPlan plan = await FirstThatRunsAsync(launcher, situation, work, hasLandlock);

        HashSet<string> done = await AttackAsync(launcher, plan, key, work);

        Assert.True(done.Remove("works"), "The program cannot work at all.");
        string Answer(string what) => done.Contains(what) ? "yes" : "no";
        string[] found =
        [
            plan.Isolation.ToString(), plan.Privileges == SandboxPrivileges.Uid ? "nobody" : "the host's",
            .. new[] { "files", "environment", "network", "signals", "writes" }.Select(Answer),
        ];
        Assert.Equal(Documented(hasLandlock ? name : $"{name}, nor Landlock"), found);
    }

    /// <summary>As a host finds its plan (<see cref="MediaSandbox"/>), launched from within the situation.</summary>
    private async Task<SandboxPlan> FirstThatRunsAsync(
        SituationLauncher launcher, Situation situation, string work, bool hasLandlock)
    {
        SandboxPlan here = Reachable(await Sandboxes.PlanAsync());
        foreach (SandboxPlan plan in MediaSandbox.Candidates(here, situation.User == 0))
        {
            if ((hasLandlock || plan.Isolation != SandboxIsolation.Confine)
                && await LaunchAsync(launcher, plan, work, ["-c", ":"], _ => { }) == 0)
            {
                return plan;
            }
        }

        throw new InvalidOperationException("No sandbox starts.");
    }

    /// <summary>Copies for users that do not reach this repository's folders.</summary>
    private SandboxPlan Reachable(SandboxPlan plan)
    {
        string programs = Folder("programs");
        foreach (string path in Directory.GetFiles(plan.WrapperFolder).Concat(
            Directory.GetFiles(AppContext.BaseDirectory, "VodFunctions.Confine.*")))
        {
            File.Copy(path, Path.Combine(programs, Path.GetFileName(path)), overwrite: true);
        }

        return plan with
        {
            WrapperFolder = programs,
            ConfineAssembly = Path.Combine(programs, "VodFunctions.Confine.dll"),
            FFprobe = "/bin/bash",
        };
    }

    private static async Task<HashSet<string>> AttackAsync(SituationLauncher launcher, SandboxPlan plan, string key, string work)
    {
        using var tcp = new TcpListener(IPAddress.Loopback, 0);
        using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        tcp.Start();

        // In the host's place: a process of its user with a secret in its environment.
        using Process host = launcher.Start(work, "env", "SECRET=hunter2", "sleep", "300");
        try
        {
            HashSet<string> done = [];
            string[] arguments =
            [
                "-c", Attack, "attack", key, $"{host.Id}", $"{((IPEndPoint)tcp.LocalEndpoint).Port}",
                $"{((IPEndPoint)udp.Client.LocalEndPoint!).Port}",
            ];
            Assert.Equal(0, await LaunchAsync(launcher, plan, work, arguments, line => done.Add(line)));
            if (tcp.Pending() || udp.Available > 0)
            {
                done.Add("network");
            }

            return done;
        }
        finally
        {
            host.Kill(entireProcessTree: true);
        }
    }

    private static Task<int> LaunchAsync(
        SituationLauncher launcher, SandboxPlan plan, string work, string[] arguments, Action<string> onLine)
    {
        MediaProcessStart start = Sandboxes.Script("", work) with { Arguments = arguments, MaxWorkBytes = 1 << 20 };
        return launcher.RunAsync(
            new(plan.WrapperFolder, start.Tool, SandboxCommand.Build(plan, start), work, onLine, _ => { }), CancellationToken.None);
    }

    /// <summary>The cells of a row of the table, less its first.</summary>
    private static string[] Documented(string situation)
    {
        string start = $"| {situation} |";
        string row = File.ReadLines(Path.Combine(RepositoryRoot.Path, "docs", "media.md"))
            .Single(line => line.StartsWith(start, StringComparison.Ordinal));
        return [.. row[start.Length..].TrimEnd('|', ' ').Split('|').Select(cell => cell.Trim())];
    }

    private static async Task RunToEndAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private string Folder(string name)
    {
        string path = Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
        File.SetUnixFileMode(_root, (UnixFileMode)0b111_101_101);
        return path;
    }
}
