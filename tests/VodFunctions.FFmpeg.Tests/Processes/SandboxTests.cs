using System.Diagnostics;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Processes;

/// <summary>What a program sees and may do inside.</summary>
public sealed class SandboxTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_environment_is_empty_inside()
    {
        Environment.SetEnvironmentVariable("VOD_TEST_SECRET", "hunter2");
        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            IReadOnlyList<string> names =
                [.. (await OutputAsync(plan, "env")).Select(line => line.Split('=')[0]).Order(StringComparer.Ordinal)];

            Assert.Contains("PATH", names);
            Assert.Empty(names.Except(["HOME", "LC_ALL", "OLDPWD", "PATH", "PWD", "SHLVL", "_"]));
        }
    }

    [Fact]
    public async Task The_environment_of_the_wrapper_holds_no_secret_of_the_host_either()
    {
        Environment.SetEnvironmentVariable("VOD_TEST_SECRET", "hunter2");
        SandboxPlan weakest = (await Sandboxes.PlansAsync())[^1];
        IReadOnlyList<string> output = await OutputAsync(weakest, "tr '\\0' '\\n' </proc/$PPID/environ; echo read");

        Assert.Equal("read", output[^1]);
        Assert.DoesNotContain(output, line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task There_is_no_network_inside()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        int port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        foreach (SandboxPlan plan in (await Sandboxes.PlansAsync()).Where(plan => plan.Isolation != SandboxIsolation.None))
        {
            MediaProcessResult result = await Sandboxes.Runner(plan).RunAsync(
                Sandboxes.Script("", _folder.Path) with
                {
                    Arguments = ["-v", "error", "-f", "mpegts", "-i", $"tcp://127.0.0.1:{port}?timeout=2000000"],
                },
                CancellationToken.None);
            Assert.Equal((MediaProcessEnd.Exited, false), (result.End, result.Succeeded));
            Assert.False(listener.Pending());
        }
    }

    [Fact]
    public async Task Root_is_given_up_and_no_new_privileges_can_be_had()
    {
        foreach (SandboxPlan plan in (await Sandboxes.PlansAsync()).Where(plan => plan.Privileges == SandboxPrivileges.Uid))
        {
            IReadOnlyList<string> output = await OutputAsync(plan, "id -u; id -g; id -G; setpriv --dump");

            Assert.Equal(["65534", "65534", "65534"], output.Take(3));
            Assert.Contains("no_new_privs: 1", output);
            Assert.Contains("Capability bounding set: [none]", output);
        }
    }

    [Fact]
    public async Task The_work_folder_can_be_written_and_an_input_read_even_below_closed_folders()
    {
        // As a data folder below /root would be: closed to all but its owner.
        string closed = _folder.File("closed");
        WorkFolders.CreatePrivate(closed);
        string source = Path.Combine(closed, "it's a \"source\" $HOME");
        await File.WriteAllTextAsync(source, "content");
        File.SetUnixFileMode(source, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        string work = Directory.CreateDirectory(Path.Combine(closed, "work", "nested")).Parent!.FullName;

        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            MediaProcessResult result = await Sandboxes.ShellRunner(plan).RunAsync(
                Sandboxes.Script("", work) with
                {
                    Arguments = ["-c", "cat \"$2\" > out; cp out nested/out", "name", "-i", source],
                    MaxWorkBytes = 1 << 20,
                },
                CancellationToken.None);

            Assert.True(result.Succeeded, result.ToString());
            Assert.Equal("content", await File.ReadAllTextAsync(Path.Combine(work, "nested", "out")));
            File.Delete(Path.Combine(work, "out"));
            File.Delete(Path.Combine(work, "nested", "out"));
        }
    }

    [Fact]
    public async Task A_run_without_an_output_quota_writes_no_file()
    {
        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            MediaProcessResult result = await Sandboxes.ShellRunner(plan).RunAsync(
                Sandboxes.Script("head -c 1 /dev/zero > out", _folder.Path), CancellationToken.None);

            Assert.False(result.Succeeded);
            Assert.True(new FileInfo(_folder.File("out")) is not { Exists: true, Length: > 0 });
        }
    }

    [Fact]
    public async Task A_single_file_past_the_quota_is_stopped_by_the_kernel()
    {
        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            MediaProcessResult result = await Sandboxes.ShellRunner(plan).RunAsync(
                Sandboxes.Script("exec head -c 50000000 /dev/zero > large", _folder.Path) with { MaxWorkBytes = 1_000_000 },
                CancellationToken.None);

            Assert.Equal(MediaProcessEnd.OutputLimit, result.End);
            Assert.InRange(new FileInfo(_folder.File("large")).Length, 1, 1_000_448);
            File.Delete(_folder.File("large"));
        }
    }

    [Fact]
    public async Task Many_files_past_the_quota_end_the_run_with_its_children()
    {
        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            using var marks = new ProcessMarks();
            MediaProcessResult result = await Sandboxes.ShellRunner(plan).RunAsync(
                Sandboxes.Script(
                    "mkdir -p deep; for n in 1 2 3 4 5; do head -c 600000 /dev/zero > deep/$n; done; " + marks.StubbornTree,
                    _folder.Path) with
                { MaxWorkBytes = 2_000_000 },
                CancellationToken.None);

            Assert.Equal(MediaProcessEnd.OutputLimit, result.End);
            Assert.Empty(marks.Running());
            Directory.Delete(_folder.File("deep"), recursive: true);
        }
    }

    [Fact]
    public async Task Memory_past_the_limit_is_refused()
    {
        SandboxPlan plan = await Sandboxes.PlanAsync() with { MaxMemoryBytes = 256 << 20 };
        MediaProcessResult result = await Sandboxes.ShellRunner(plan).RunAsync(
            Sandboxes.Script("dd if=/dev/zero of=/dev/null bs=300M count=1", _folder.Path), CancellationToken.None);

        Assert.Equal(MediaProcessEnd.Exited, result.End);
        Assert.NotEqual(0, result.ExitCode);
    }

    [Fact]
    public async Task When_the_host_is_killed_nothing_goes_on()
    {
        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            using var marks = new ProcessMarks();
            MediaProcessStart start = Sandboxes.Script(marks.StubbornTree, _folder.Path);
            // A host in our place that alone holds the wrapper's standard input, as the launcher does, and cannot clean up.
            using Process host = Process.Start(
                "/bin/sh",
                ["-c", $"cd {_folder.Path}; rm -f leash; mkfifo leash; \"$@\" <leash 9>&- & exec 9>leash; wait", "host",
                    Path.Combine(plan.WrapperFolder, "ffprobe"),
                    .. SandboxCommand.Build(plan with { FFprobe = "/bin/sh" }, start)]);
            await Eventually.True(() => marks.Running().Count >= 3, "the tree is up");

            host.Kill();
            await host.WaitForExitAsync();

            await Eventually.True(() => marks.Running().Count == 0, "the tree is gone");
        }
    }

    private async Task<IReadOnlyList<string>> OutputAsync(SandboxPlan plan, string script)
    {
        List<string> lines = [];
        MediaProcessResult result = await Sandboxes.ShellRunner(plan).RunAsync(
            Sandboxes.Script(script, _folder.Path) with { OnOutputLine = lines.Add }, CancellationToken.None);
        Assert.True(result.Succeeded, result.ToString());
        return lines;
    }
}
