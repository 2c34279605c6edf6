using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Settings;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.Media;
using Xunit;

namespace VodFunctions.Tests.Media;

/// <summary>With the real wrapper; with the real FFmpeg, or with a script in its place.</summary>
public sealed class FFMpegCoreLauncherTests : IDisposable
{
    private static readonly SystemMediaProcessLauncher s_system = new(TimeProvider.System);
    private static readonly MediaSandbox s_sandbox = new(s_system, Options.Create(new VodOptions()));

    private readonly string _folder = Directory.CreateTempSubdirectory("vod-launcher-").FullName;
    private readonly FFMpegCoreLauncher _launcher = new(s_system);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("plain.mkv")]
    [InlineData("a b  c.mkv")]
    [InlineData("it's 100% $HOME `x` & 한국어.mkv")]
    [InlineData("with \"quotes\" and \\.mkv")]
    public async Task FFmpeg_writes_and_reads_files_of_any_name_and_tells_its_progress(string name)
    {
        MediaProcessResult written = await RunAsync(
            "-f", "lavfi", "-i", "testsrc=size=64x64:rate=5", "-t", "1", "-c:v", "mpeg4",
            "-metadata", "title=two words \"and\" a \\ and 끝", name);
        Assert.True(written.Succeeded, written.ErrorTail);

        List<string> lines = [];
        MediaProcessResult read = await RunAsync(
            lines.Add, "-i", Path.Combine(_folder, name), "-progress", "pipe:1", "-f", "ffmetadata", "-y", "meta.txt");

        Assert.True(read.Succeeded, read.ErrorTail);
        Assert.Contains("progress=end", lines);
        Assert.Contains(
            "title=two words \"and\" a \\\\ and 끝", await File.ReadAllLinesAsync(Path.Combine(_folder, "meta.txt")));
    }

    [Fact]
    public async Task A_failure_of_FFmpeg_has_the_code_and_the_words_that_the_systems_launcher_gives()
    {
        string[] arguments = ["-v", "error", "-i", Path.Combine(_folder, "missing.mp4"), "-f", "null", "-"];

        MediaProcessResult result = await RunAsync(arguments);
        MediaProcessResult expected = await RunAsync(s_system, null, default, arguments);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal((expected.ExitCode, expected.ErrorTail), (result.ExitCode, result.ErrorTail));
        Assert.Contains("No such file", result.ErrorTail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("exit 255", 255)]
    [InlineData("kill -s SEGV $$", 128 + 11)]
    [InlineData("kill -s KILL $$", 128 + 9)]
    public async Task The_exit_code_is_the_programs_or_tells_its_signal(string script, int code)
    {
        (int found, _, _) = await ScriptAsync(script);

        Assert.Equal(code, found);
    }

    /// <summary>
    /// FFMpegCore asks once in a process whether FFmpeg is there, and hands down what the process has for standard input: in a
    /// container nothing, which the wrapper takes for a caller that has died.
    /// </summary>
    [Fact]
    public async Task The_question_whether_it_is_there_is_answered_without_a_leash_or_an_FFmpeg_on_the_path()
    {
        string wrapper = Path.Combine((await s_sandbox.GetAsync(default)).WrapperFolder, "ffmpeg");
        using Process asked = Process.Start("/bin/sh", ["-c", "PATH= exec \"$0\" -version </dev/null >/dev/null", wrapper]);
        await asked.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(0, asked.ExitCode);
    }

    [Fact]
    public async Task Lines_come_from_both_pipes_and_the_wrappers_own_last_one_does_not()
    {
        (int code, List<string> output, List<string> errors) = await ScriptAsync(
            "echo one; echo bad >&2; printf 'two\\nthree'; printf 'worse' >&2; echo >&2; exit 4");

        Assert.Equal(4, code);
        Assert.Equal(["one", "two", "three"], output);
        Assert.Equal(["bad", "worse"], errors);
    }

    /// <summary>FFmpeg prints what stands in files.</summary>
    [Fact]
    public async Task A_file_that_has_FFmpeg_print_the_wrappers_mark_changes_neither_the_code_nor_the_lines()
    {
        (int code, _, List<string> errors) = await ScriptAsync("echo vod-exit x >&2; echo vod-exit 0 >&2; exit 5");

        Assert.Equal(5, code);
        Assert.Contains("vod-exit x", errors);
    }

    [Fact]
    public async Task FFMpegCore_launches_what_has_an_input_and_an_output_and_the_system_all_the_rest()
    {
        Assert.Equal("-vod-report", (await EchoAsync(MediaTool.FFmpeg, "-i", "in", "out"))[0]);
        Assert.Equal("-version", (await EchoAsync(MediaTool.FFmpeg, "-version"))[0]);
        Assert.Equal("-i", (await EchoAsync(MediaTool.FFmpeg, "-i", "in \" quote", "out"))[0]);
        Assert.Equal("-i", (await EchoAsync(MediaTool.FFprobe, "-i", "in", "out"))[0]);
    }

    [Fact]
    public async Task Every_argument_arrives_in_its_place()
    {
        string[] arguments = ["-a", "", "x y", "-i", "in put", "-vf", "drawtext=text='a \"b\" \\'", "-b", "o ut.mp4"];

        Assert.Equal(["-vod-report", .. arguments], await EchoAsync(MediaTool.FFmpeg, arguments));
    }

    [Fact]
    public async Task Cancelling_ends_FFmpeg_and_all_that_was_started_before_the_call_returns()
    {
        string mark = $"mark-{Guid.NewGuid():N}";
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        Task<MediaProcessResult> run = RunAsync(
            _launcher, _ => begun.TrySetResult(), stop.Token,
            "-re", "-f", "lavfi", "-i", "testsrc=size=64x64:rate=25", "-progress", "pipe:1", "-metadata", $"title={mark}",
            "-f", "null", "-");
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(5));
        Assert.NotEmpty(Running(mark));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromMinutes(5)));
        Assert.Empty(Running(mark));
    }

    [Fact]
    public async Task A_program_that_ignores_signals_ends_too()
    {
        string mark = $"mark-{Guid.NewGuid():N}";
        using var stop = new CancellationTokenSource();
        Task<(int Code, List<string> Output, List<string> Errors)> run = ScriptAsync(
            $"trap '' TERM INT HUP; echo {mark}; (sh -c 'trap \"\" TERM; while :; do sleep 1; done' {mark}) & while :; do sleep 1; done",
            line => Assert.True(line != mark || CancelSoon(stop)), stop.Token);

        Assert.NotEqual(0, (await run.WaitAsync(TimeSpan.FromMinutes(5))).Code);
        Assert.Empty(Running(mark));
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData(".")]
    public async Task What_cannot_be_launched_is_an_IOException_and_no_FFmpeg_runs_without_its_sandbox(string folder)
    {
        if (folder == ".")
        {
            File.SetUnixFileMode(Write("ffmpeg", "exit 0"), UnixFileMode.UserRead); // No program.
        }

        var launch = new MediaLaunch(
            Path.Combine(_folder, folder), MediaTool.FFmpeg, ["-i", "in", "out"], _folder, _ => { }, _ => { });

        await Assert.ThrowsAsync<IOException>(() => _launcher.RunAsync(launch, default));
    }

    private static bool CancelSoon(CancellationTokenSource stop)
    {
        _ = Task.Run(stop.Cancel);
        return true;
    }

    // The mark stands in the processes' command lines; a dead process that nobody has waited for has none.
    private static string[] Running(string mark) =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(folder =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(mark, StringComparison.Ordinal);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }),
    ];

    private Task<MediaProcessResult> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    private Task<MediaProcessResult> RunAsync(Action<string>? onLine, params string[] arguments) =>
        RunAsync(_launcher, onLine, default, arguments);

    private Task<MediaProcessResult> RunAsync(
        IMediaProcessLauncher launcher, Action<string>? onLine, CancellationToken cancellationToken, params string[] arguments) =>
        new MediaProcessRunner(launcher, s_sandbox, TimeProvider.System, NullLogger<MediaProcessRunner>.Instance).RunAsync(
            new MediaProcessStart
            {
                Tool = MediaTool.FFmpeg,
                Arguments = arguments,
                WorkFolder = _folder,
                WallTime = TimeSpan.FromMinutes(5),
                MaxWorkBytes = 10_000_000,
                OnOutputLine = onLine,
            },
            cancellationToken);

    private async Task<(int Code, List<string> Output, List<string> Errors)> ScriptAsync(
        string script, Action<string>? onLine = null, CancellationToken kill = default)
    {
        string program = Write("program", script);
        List<string> output = [];
        List<string> errors = [];
        string folder = (await s_sandbox.GetAsync(default)).WrapperFolder;
        int code = await _launcher.RunAsync(
            new MediaLaunch(
                folder, MediaTool.FFmpeg, [program, "-i", "in", "out"], _folder,
                line =>
                {
                    output.Add(line);
                    onLine?.Invoke(line);
                },
                errors.Add),
            kill);
        return (code, output, errors);
    }

    /// <summary>A program in the wrapper's place that prints its arguments.</summary>
    private async Task<List<string>> EchoAsync(MediaTool tool, params string[] arguments)
    {
        Write(tool.FileName(), "for a; do printf '%s\\n' \"$a\"; done");
        List<string> output = [];
        Assert.Equal(0, await _launcher.RunAsync(new MediaLaunch(_folder, tool, arguments, _folder, output.Add, _ => { }), default));
        return output;
    }

    private string Write(string name, string script)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
