using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using VodFunctions.Core.Transcoding;
using VodFunctions.Testing.Azurite;

namespace VodFunctions.Bench.Jobs;

/// <summary>The one-machine host as it is shipped, in a process and with a data folder of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    // A leash: when standard input ends (this process stops the host, or died itself), the host is told to stop.
    private const string Leash =
        "exec 3<&0; log=$1; shift; \"$@\" </dev/null >>\"$log\" 2>&1 3<&- & child=$!; echo $child; "
        + "cat <&3 >/dev/null; kill -TERM $child 2>/dev/null; wait $child";

    private const int TicketsPerOwner = 100_000;
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_endLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(200);

    private readonly Process _leash;

    private HostProcess(Process leash, int id, Uri url, string log)
    {
        (_leash, Id, Url, Log) = (leash, id, url, log);
    }

    /// <summary>The host's process id.</summary>
    public int Id { get; }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>The file that its log goes to.</summary>
    public string Log { get; }

    /// <summary>Starts it, and returns when it is ready.</summary>
    /// <exception cref="BenchException">It does not become ready.</exception>
    public static async Task<HostProcess> StartAsync(
        string folder, string storage, Grouping grouping, CancellationToken cancellationToken)
    {
        string dll = Path.Combine(
            RepositoryRoot.Path, "src", "VodFunctions.Local", "bin", "Release", "net10.0", "VodFunctions.Local.dll");
        if (!File.Exists(dll))
        {
            throw new BenchException("The host is not built: run ./dev bench.");
        }

        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        Directory.CreateDirectory(folder);
        string log = Path.Combine(folder, "host.log");
        var start = new ProcessStartInfo(
            "/bin/sh",
            [
                "-c", Leash, "host", log, "dotnet", dll,
                "--Urls", url.AbsoluteUri.TrimEnd('/'), "--Vod:Local:DataFolder", Path.Combine(folder, "data"),
                "--Vod:Transcoding:Grouping", grouping.ToString(),
                "--Vod:Uploads:PerOwnerAndDay", TicketsPerOwner.ToString(CultureInfo.InvariantCulture),
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,

            // Not among the arguments: those are in every list of processes.
            Environment = { ["Vod__Storage__ConnectionString"] = storage },
        };
        Process leash = Process.Start(start)!;
        int id = int.Parse((await leash.StandardOutput.ReadLineAsync(cancellationToken))!, CultureInfo.InvariantCulture);
        var host = new HostProcess(leash, id, url, log);
        try
        {
            await host.WaitUntilReadyAsync(cancellationToken).WaitAsync(s_startLimit, cancellationToken);
            return host;
        }
        catch (Exception failure)
        {
            await host.DisposeAsync();
            throw failure is TimeoutException
                ? new BenchException($"The host does not start: {await LastLineAsync(log)}", failure)
                : failure;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _leash.StandardInput.Close();
        try
        {
            await _leash.WaitForExitAsync().WaitAsync(s_endLimit);
        }
        catch (TimeoutException)
        {
            _leash.Kill(entireProcessTree: true);
        }

        _leash.Dispose();
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Url };
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(new Uri("api/health/ready", UriKind.Relative), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(s_poll, cancellationToken);
        }
    }

    private static async Task<string> LastLineAsync(string log) =>
        (await File.ReadAllLinesAsync(log)).LastOrDefault("it says nothing.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
