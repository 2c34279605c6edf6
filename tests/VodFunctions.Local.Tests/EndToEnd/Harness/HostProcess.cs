using System.Diagnostics;
using System.Text.RegularExpressions;
using VodFunctions.Local.Tests.Hosting;

namespace VodFunctions.Local.Tests.EndToEnd.Harness;

/// <summary>
/// The real host as a process of its own, on a free port and a data folder of its own, that can be killed, stopped and
/// started again on the same data. It listens on another port after each start: ask <see cref="Url"/> again.
/// </summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _settings;
    private Process? _process;
    private Uri? _url;

    private HostProcess(string connectionString, IEnumerable<string> settings)
    {
        ConnectionString = connectionString;
        _settings = [.. HostSettings.Short, .. settings];
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>The storage account.</summary>
    public string ConnectionString { get; }

    public string DataFolder => Path.Combine(_folder.Path, "data");

    public string WorkFolder => Path.Combine(DataFolder, "work");

    public HostLog Log { get; } = new();

    public HostJournal Journal => new(DataFolder);

    /// <summary>How often it was started.</summary>
    public int Life { get; private set; }

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("It does not run.");

    /// <summary>Where it listens, or listened before it was killed.</summary>
    public Uri Url => _url ?? throw new InvalidOperationException("It was never started.");

    /// <summary>Starts a host on a new data folder, with short times.</summary>
    /// <param name="connectionString">Of a storage account that no other host uses.</param>
    /// <param name="settings">More settings, as on the command line; a later one wins.</param>
    public static async Task<HostProcess> StartAsync(string connectionString, params string[] settings)
    {
        var host = new HostProcess(connectionString, settings);
        try
        {
            await host.StartAgainAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it on the same data, and returns when it listens.</summary>
    /// <param name="settings">Settings for this start only.</param>
    public async Task StartAgainAsync(params string[] settings)
    {
        Process process = Launch(settings);
        int life = Life;
        Task<HostLine> listening = Log.WaitForAsync(line => line.Life == life && Listening().IsMatch(line.Text));
        if (await Task.WhenAny(listening, process.WaitForExitAsync()) != listening)
        {
            throw new InvalidOperationException($"The host ended with {process.ExitCode} before it listened.\n{Log.Tail()}");
        }

        _url = new Uri(Listening().Match((await listening).Text).Groups["url"].Value);
    }

    /// <summary>Starts it on the same data and does not wait for anything.</summary>
    public void Launch() => Launch([]);

    /// <summary>SIGKILL, to the host alone; what it started must notice by itself.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await EndedAsync(process);
        }
    }

    /// <summary>SIGTERM, as <c>./dev run</c> stops it.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        Process process = _process ?? throw new InvalidOperationException("It does not run.");
        using (Process kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        return await EndedAsync(process);
    }

    /// <summary>What FFmpeg processes (and wrappers around them) of this host are running.</summary>
    public IReadOnlyList<string> MediaProcesses() => HostChildren.Of(WorkFolder);

    /// <summary>Temporary folders and unfinished copies in the work folder: there is one of each activity that runs.</summary>
    public IReadOnlyList<string> WorkFolders() => Directory.Exists(WorkFolder)
        ? [.. Directory.EnumerateFileSystemEntries(WorkFolder, "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".part", StringComparison.Ordinal)
                || Path.GetFileName(path).StartsWith("run-", StringComparison.Ordinal)
                || Path.GetFileName(path).StartsWith("probe-", StringComparison.Ordinal))]
        : [];

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        await KillAsync();
        await Until.TrueAsync(() => MediaProcesses().Count == 0, "the media processes of a killed host end");
        _folder.Dispose();
    }

    private Process Launch(string[] settings)
    {
        if (_process is not null)
        {
            throw new InvalidOperationException("It runs already.");
        }

        int life = ++Life;
        var start = new ProcessStartInfo(
            "dotnet",
            [
                HostSettings.Assembly, "--Urls", "http://127.0.0.1:0", "--Vod:Local:DataFolder", DataFolder,
                "--Vod:Storage:ConnectionString", ConnectionString, .. _settings, .. settings,
            ])
        {
            // Another folder than the tests': no settings file of theirs is picked up.
            WorkingDirectory = _folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
        process.OutputDataReceived += (_, line) => Keep(life, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(life, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        return process;
    }

    private async Task<int> EndedAsync(Process process)
    {
        // Ends when both pipes have been read to their end, too: FFmpeg does not hold them.
        await process.WaitForExitAsync().WaitAsync(Until.Limit);
        int code = process.ExitCode;
        process.Dispose();
        _process = null;
        return code;
    }

    private void Keep(int life, string? text)
    {
        if (text is not null)
        {
            Log.Add(new HostLine(life, text));
        }
    }

    private void KillAtExit(object? sender, EventArgs e) => _process?.Kill();

    [GeneratedRegex("Now listening on: (?<url>http://\\S+)")]
    private static partial Regex Listening();
}
