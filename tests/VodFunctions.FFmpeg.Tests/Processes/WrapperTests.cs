using System.Diagnostics;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Processes;

/// <summary>The wrapper by itself, launched by somebody who hands down an environment and knows only FFmpeg's own ways.</summary>
public sealed class WrapperTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_inherited_environment_does_not_come_in()
    {
        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            using Process wrapper = Launch(plan, "env");
            string output = await wrapper.StandardOutput.ReadToEndAsync();
            await wrapper.WaitForExitAsync();

            Assert.Contains("PATH=", output, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Any_input_such_as_FFmpegs_q_ends_everything()
    {
        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            using var marks = new ProcessMarks();
            using Process wrapper = Launch(plan, marks.StubbornTree);
            await Eventually.True(() => marks.Running().Count >= 3, "the tree is up");

            await wrapper.StandardInput.WriteAsync('q');
            await wrapper.StandardInput.FlushAsync();
            await wrapper.WaitForExitAsync();

            Assert.Equal(128 + 9, wrapper.ExitCode);
            Assert.Empty(marks.Running());
        }
    }

    [Fact]
    public async Task A_request_to_end_ends_everything()
    {
        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            using var marks = new ProcessMarks();
            using Process wrapper = Launch(plan, marks.StubbornTree);
            await Eventually.True(() => marks.Running().Count >= 3, "the tree is up");

            using (Process kill = Process.Start("kill", ["-TERM", $"{wrapper.Id}"]))
            {
                await kill.WaitForExitAsync();
            }

            await wrapper.WaitForExitAsync();
            Assert.Empty(marks.Running());
        }
    }

    [Fact]
    public async Task A_leash_that_is_let_go_at_once_ends_a_program_that_has_hardly_begun()
    {
        foreach (SandboxPlan plan in await Sandboxes.PlansAsync())
        {
            for (int time = 0; time < 10; time++)
            {
                using var marks = new ProcessMarks();
                using Process wrapper = Launch(plan, marks.StubbornTree);
                wrapper.StandardInput.Close();
                await wrapper.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));

                Assert.Empty(marks.Running());
            }
        }
    }

    [Fact]
    public async Task The_program_reads_nothing_from_the_leash()
    {
        using Process wrapper = Launch(await Sandboxes.PlanAsync(), "cat; echo end");
        Assert.Equal("end\n", await wrapper.StandardOutput.ReadToEndAsync());
    }

    private Process Launch(SandboxPlan plan, string script)
    {
        MediaProcessStart start = Sandboxes.Script(script, _folder.Path);
        var info = new ProcessStartInfo(
            Path.Combine(plan.WrapperFolder, "ffprobe"),
            [.. SandboxCommand.Build(plan with { FFprobe = "/bin/sh" }, start)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
            Environment = { ["VOD_TEST_SECRET"] = "hunter2" },
        };
        return Process.Start(info)!;
    }
}
