using VodFunctions.FFmpeg.Processes;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Processes;

/// <summary>Each test runs under the sandbox that this machine permits and under the weakest one.</summary>
public sealed class MediaProcessRunnerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Standard_output_comes_line_by_line_and_a_good_end_is_a_success()
    {
        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            List<string> lines = [];
            MediaProcessResult result = await Sandboxes.ShellRunner(plan).RunAsync(
                Sandboxes.Script("echo one; printf 'two\\r\\nthree'", _folder.Path) with { OnOutputLine = lines.Add },
                CancellationToken.None);

            Assert.True(result.Succeeded, result.ToString());
            Assert.Equal(["one", "two", "three"], lines);
        }
    }

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("kill -s SEGV $$", 128 + 11)]
    [InlineData("kill -s KILL $$", 128 + 9)]
    public async Task The_exit_code_is_the_programs_or_tells_its_signal(string script, int code)
    {
        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            MediaProcessResult result =
                await Sandboxes.ShellRunner(plan).RunAsync(Sandboxes.Script(script, _folder.Path), CancellationToken.None);

            Assert.Equal((MediaProcessEnd.Exited, code), (result.End, result.ExitCode));
            Assert.False(result.Succeeded);
        }
    }

    [Fact]
    public async Task Processor_time_is_bounded_in_every_sandbox()
    {
        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            MediaProcessResult shell = await Sandboxes.ShellRunner(plan).RunAsync(
                Sandboxes.Script("while :; do :; done", _folder.Path) with { MaxCpuTime = TimeSpan.FromSeconds(1) },
                CancellationToken.None);
            MediaProcessResult ffmpeg = await Sandboxes.Runner(plan).RunAsync(
                new()
                {
                    Tool = MediaTool.FFmpeg,
                    Arguments = ["-f", "lavfi", "-i", "testsrc2=s=320x180", "-f", "null", "-"],
                    WorkFolder = _folder.Path,
                    WallTime = TimeSpan.FromMinutes(2),
                    MaxCpuTime = TimeSpan.FromSeconds(1),
                },
                CancellationToken.None);

            Assert.Equal((MediaProcessEnd.CpuLimit, MediaProcessEnd.CpuLimit), (shell.End, ffmpeg.End));
        }
    }

    [Fact]
    public async Task Megabytes_on_both_pipes_do_not_block_and_only_the_last_errors_are_kept()
    {
        SandboxPlan plan = await Sandboxes.PlanAsync();
        long received = 0;
        MediaProcessResult result = await Sandboxes.ShellRunner(plan).RunAsync(
            Sandboxes.Script(
                "head -c 9000000 /dev/zero | tr '\\0' 'x' >&2; yes line | head -c 9000000; echo; echo the end >&2", _folder.Path)
                with
            { OnOutputLine = line => received += line.Length + 1 },
            CancellationToken.None);

        Assert.True(result.Succeeded, result.ToString());
        Assert.True(received >= 9_000_000, $"received {received}");
        Assert.InRange(result.ErrorTail.Length, 7, ErrorTail.MaxLength);
        Assert.EndsWith("the end", result.ErrorTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wall_time_ends_a_program_that_ignores_signals_and_its_children()
    {
        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            using var marks = new ProcessMarks();
            MediaProcessResult result = await Sandboxes.ShellRunner(plan).RunAsync(
                Sandboxes.Script(marks.StubbornTree, _folder.Path) with { WallTime = TimeSpan.FromSeconds(1) },
                CancellationToken.None);

            Assert.Equal(MediaProcessEnd.TimedOut, result.End);
            Assert.False(result.Succeeded);
            Assert.Empty(marks.Running());
        }
    }

    [Fact]
    public async Task Cancelling_kills_the_tree_before_the_call_returns()
    {
        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            using var marks = new ProcessMarks();
            using var cancellation = new CancellationTokenSource();
            Task<MediaProcessResult> run = Sandboxes.ShellRunner(plan).RunAsync(
                Sandboxes.Script("echo up; " + marks.StubbornTree, _folder.Path) with { OnOutputLine = _ => cancellation.Cancel() },
                cancellation.Token);

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
            Assert.Empty(marks.Running());
        }
    }

    [Fact]
    public async Task What_a_program_leaves_behind_when_it_ends_is_killed()
    {
        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            using var marks = new ProcessMarks();
            MediaProcessResult result = await Sandboxes.ShellRunner(plan).RunAsync(
                Sandboxes.Script($"{marks.Sleep} & exit 0", _folder.Path), CancellationToken.None);

            Assert.True(result.Succeeded, result.ToString());
            Assert.Empty(marks.Running());
        }
    }

    [Fact]
    public async Task Where_there_are_process_namespaces_not_even_a_process_of_another_session_gets_away()
    {
        SandboxPlan plan = await Sandboxes.PlanAsync();
        if (plan.Isolation != SandboxIsolation.Bubblewrap)
        {
            return;
        }

        using var marks = new ProcessMarks();
        await Sandboxes.ShellRunner(plan).RunAsync(
            Sandboxes.Script($"setsid {marks.Sleep} & setsid {marks.Sleep}", _folder.Path)
                with
            { WallTime = TimeSpan.FromSeconds(1) },
            CancellationToken.None);

        await Eventually.True(() => !marks.Running().Any(), "escaped processes are gone");
    }

    [Fact]
    public async Task A_receiver_that_throws_ends_the_run_with_its_exception()
    {
        using var marks = new ProcessMarks();
        Task<MediaProcessResult> run = Sandboxes.ShellRunner(await Sandboxes.PlanAsync()).RunAsync(
            Sandboxes.Script("echo up; " + marks.StubbornTree, _folder.Path)
                with
            { OnOutputLine = _ => throw new InvalidDataException("enough") },
            CancellationToken.None);

        Assert.Equal("enough", (await Assert.ThrowsAsync<InvalidDataException>(() => run)).Message);
        Assert.Empty(marks.Running());
    }

    [Fact]
    public async Task Errors_do_not_tell_where_things_are_on_this_machine()
    {
        SandboxPlan plan = await Sandboxes.PlanAsync();
        string source = _folder.Write("upload", "text");
        MediaProcessResult result = await Sandboxes.Runner(plan).RunAsync(
            Sandboxes.Script("", _folder.Path) with { Arguments = ["-v", "error", "-i", source] }, CancellationToken.None);

        Assert.False(result.Succeeded);
        Assert.NotEmpty(result.ErrorTail);
        Assert.DoesNotContain(_folder.Path, result.ErrorTail, StringComparison.Ordinal);
    }
}
