using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using VodFunctions.Local.Tests.Hosting;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Local.Tests.Script;

public sealed class DevScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Help_names_every_command()
    {
        (int code, string output, _) = await DevAsync([], "--help");

        Assert.Equal(0, code);
        Assert.All(
            ["run", "func", "test", "check-hls", "bench", "fmt", "emulators"],
            name => Assert.Contains($"./dev {name}", output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("is missing or cannot be read.", "run", "--video", "/nonexistent.mp4")]
    [InlineData("is empty.", "run", "--video", "/dev/null/../empty")]
    [InlineData("Unknown option --nothing", "run", "--nothing")]
    [InlineData("--port takes a number", "run", "--port", "x")]
    [InlineData("--port takes a number", "run", "--port")]
    [InlineData("Unknown option --nothing", "test", "--nothing")]
    [InlineData("Unknown option --all", "func", "--all")]
    public async Task A_wrong_call_ends_with_one_sentence(string sentence, params string[] arguments)
    {
        string empty = Path.Combine(_folder.Path, "empty.mp4");
        await File.WriteAllTextAsync(empty, "");

        await AssertRefusedAsync(sentence, [], [.. arguments.Select(part => part.EndsWith("/empty", StringComparison.Ordinal) ? empty : part)]);
    }

    [Fact]
    public async Task A_busy_port_ends_with_one_sentence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await AssertRefusedAsync($"Port {port} is in use by another program", [], "run", "--port", $"{port}", "--data", _folder.Path);
    }

    [Fact]
    public async Task The_emulators_leave_the_port_of_func_start_alone()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 7072);
        try
        {
            listener.Start();
        }
        catch (SocketException)
        {
            // Somebody else has it, perhaps the same emulators: as good.
        }

        await AssertRefusedAsync("Port 7072 is in use by another program", [], "emulators", "--data", _folder.Path);
    }

    [Fact]
    public async Task A_full_disk_ends_with_one_sentence() => await AssertRefusedAsync(
        "The disk is full", [("VOD_MIN_FREE_MB", "1000000000")], "run", "--port", "0", "--data", _folder.Path);

    [Fact]
    public async Task A_data_folder_in_use_ends_with_one_sentence()
    {
        // This test's own process stands for the other run.
        (_, string identity, _) = await RunAsync(
            "/bin/bash", [], "-c", $"printf '%s %s' {Environment.ProcessId} \"$(LC_ALL=C ps -o lstart= -p {Environment.ProcessId} 2>/dev/null)\"");
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "run.lock"), identity);

        await AssertRefusedAsync("is in use by another run", [], "run", "--port", "0", "--data", _folder.Path);
    }

    [Theory]
    [InlineData("The .NET 10 SDK is missing", "run", "node")]
    [InlineData("Node.js 20 or newer with npm is missing", "run", "dotnet")]
    [InlineData("FFmpeg is missing", "run", "node", "npm", "dotnet")]
    [InlineData("Chromium is missing", "test", "node", "npm", "dotnet", "ffmpeg", "ffprobe")]
    public async Task A_missing_tool_ends_with_one_sentence(string sentence, string command, params string[] present)
    {
        string bin = await MakeBinAsync(present);
        string data = Path.Combine(_folder.Path, "data");
        string[] options = command == "run" ? ["--port", "0", "--data", data] : [];
        await AssertRefusedAsync(sentence, [("PATH", bin), ("VOD_CHROMIUM", "")], [command, .. options]);
    }

    [Fact]
    public async Task Func_without_a_Functions_host_ends_with_one_sentence()
    {
        string bin = await MakeBinAsync("node", "dotnet");
        FakeRepository.Tool(bin, "npm", "exit 1");

        // An older Node is told at once that npm's Core Tools need a newer one; a newer one says first that it tries.
        (int code, _, string errors) = await DevAsync(
            [("PATH", bin), ("VOD_FUNC", ""), ("XDG_CACHE_HOME", _folder.Path)], "func", "--port", "0", "--data", _folder.Path);

        Assert.Equal(1, code);
        Assert.Matches(@"\AAzure Functions Core Tools 4 are missing.* install them \(https://\S+\), .* VOD_FUNC, and try again\.\n\z", errors);
    }

    [Theory]
    [InlineData(false, "", "")]
    [InlineData(true, "", "the feed lacks Azure.Messaging.WebPubSub or the Durable Task Scheduler's package")]
    [InlineData(true, "1", "")]
    public async Task Testing_takes_the_Functions_app_along_and_says_what_stands_in(bool lacking, string required, string said)
    {
        FakeRepository fake = FakeRepository.Create(_folder.Path, lacking);

        (int code, string output, _) = await RunAsync("/bin/bash", fake.Environment(required), fake.Script, "test");

        Assert.Equal((0, "7 passed, 0 failed"), (code, Lines(output)[^1]));
        Assert.Equal(said.Length == 0 ? 0 : 1, Lines(output).Count(line => line.StartsWith("the feed lacks", StringComparison.Ordinal)));
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Matches(@"\n\[0 of 3 parts, 0\.\d min\] VodFunctions\.Core\.Tests: begins\n", output);
        // Side by side: any of them may be the last.
        Assert.Matches(@"\n\[\d of 3 parts, 0\.\d min\] site: 3 passed, 0 failed\n", output);
        Assert.Matches(@"\n\[3 of 3 parts, 0\.\d min\] [\w.]+: \d passed, 0 failed\n7 passed, 0 failed\n\z", output);
        Assert.Contains(fake.Calls, call => call.StartsWith("build VodFunctions.sln ", StringComparison.Ordinal));
        Assert.Contains(fake.Calls, call => call.StartsWith("test ", StringComparison.Ordinal)
            && call.Contains("/tests/VodFunctions.Tests/bin/Release/net10.0/VodFunctions.Tests.dll ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Code_that_does_not_build_is_a_failure()
    {
        FakeRepository fake = FakeRepository.Create(_folder.Path);
        await File.WriteAllTextAsync(Path.Combine(fake.Root, "broken-code"), "");

        (int code, string output, string errors) = await RunAsync("/bin/bash", fake.Environment(""), fake.Script, "test");

        Assert.Equal((1, "0 passed, 1 failed"), (code, Lines(output)[^1]));
        Assert.Contains("The build failed", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_check_looks_at_all_of_the_solution_and_tests_it()
    {
        FakeRepository fake = FakeRepository.Create(_folder.Path);

        (int code, string output, _) = await RunAsync("/bin/bash", fake.Environment(""), Path.Combine(fake.Root, ".ci", "run"));

        Assert.Equal((0, "7 passed, 0 failed"), (code, Lines(output)[^1]));
        Assert.Contains("format VodFunctions.sln --verify-no-changes", fake.Calls);
    }

    [Fact]
    public async Task The_site_is_built_again_only_where_what_it_is_made_from_has_changed()
    {
        FakeRepository fake = FakeRepository.Create(_folder.Path);

        Assert.Equal(1, await BuildsAsync());
        Assert.Equal(1, await BuildsAsync());
        fake.Write("another page", "src", "VodFunctions.Web", "page.ts");
        Assert.Equal(2, await BuildsAsync());
        Directory.Delete(Path.Combine(fake.Root, "src", "VodFunctions.Web", "dist"), recursive: true);
        Assert.Equal(3, await BuildsAsync());

        async Task<int> BuildsAsync()
        {
            (int code, _, _) = await RunAsync("/bin/bash", fake.Environment(""), fake.Script, "test");
            Assert.Equal(0, code);
            return fake.Calls.Count(call => call == "npm run -w src/VodFunctions.Web build");
        }
    }

    [Theory]
    [InlineData("The site could not be built", "test")]
    [InlineData("The site is not formatted", "fmt")]
    public async Task A_site_with_mistakes_is_a_failure(string sentence, string command)
    {
        FakeRepository fake = FakeRepository.Create(_folder.Path);
        await File.WriteAllTextAsync(Path.Combine(fake.Root, "broken"), "");

        (int code, string output, string errors) = await RunAsync("/bin/bash", fake.Environment(""), fake.Script, command);

        Assert.Equal(1, code);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.Equal(command == "test", Lines(output).LastOrDefault() == "0 passed, 1 failed");
    }

    [Fact]
    public async Task A_browser_that_is_named_and_not_there_ends_with_one_sentence() => await AssertRefusedAsync(
        "VOD_CHROMIUM names no program: /nonexistent.", [("VOD_CHROMIUM", "/nonexistent")], "test");

    /// <summary>A folder for PATH that holds nothing but what the script needs of the system, and these.</summary>
    private async Task<string> MakeBinAsync(params string[] present)
    {
        string bin = Directory.CreateDirectory(Path.Combine(_folder.Path, "bin")).FullName;
        string[] system = ["bash", "dirname", "ps", "sleep"];
        foreach (string tool in system.Concat(present))
        {
            (_, string path, _) = await RunAsync("/bin/bash", [], "-c", $"command -v {tool}");
            if (path.Trim() is { Length: > 0 } target && target.StartsWith('/'))
            {
                File.CreateSymbolicLink(Path.Combine(bin, tool), target);
            }
        }

        return bin;
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task AssertRefusedAsync(string sentence, (string, string)[] environment, params string[] arguments)
    {
        (int code, _, string errors) = await DevAsync(environment, arguments);

        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(1, code);
    }

    private static Task<(int Code, string Output, string Errors)> DevAsync(
        (string Name, string Value)[] environment, params string[] arguments) =>
        RunAsync("/bin/bash", environment, [Repository.File("dev"), .. arguments]);

    private static async Task<(int Code, string Output, string Errors)> RunAsync(
        string program, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        string errors = await process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, errors);
    }
}
