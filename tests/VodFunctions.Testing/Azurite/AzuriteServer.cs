using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace VodFunctions.Testing.Azurite;

/// <summary>
/// A blob service of Azurite with many accounts, so that tests that run at once do not see each other's blobs although the
/// containers' names are fixed. It ends with this process, even when that is killed.
/// </summary>
public sealed partial class AzuriteServer : IAsyncDisposable
{
    // Node leaves when its standard input closes: the system closes it however the test process ends. The signal is the one
    // on which Azurite writes what it has in memory to its folder.
    private const string ExitWithParent =
        "data:text/javascript,process.stdin.on('end',()=>process.kill(process.pid,'SIGTERM')).resume()";

    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_endLimit = TimeSpan.FromSeconds(10);
    private static readonly Lazy<Task<AzuriteServer>> s_shared = new(() => StartAsync());

    private readonly Process _process;
    private readonly string _key;
    private readonly int _accounts;
    private int _used;

    private AzuriteServer(Process process, string key, int accounts, Uri endpoint)
    {
        (_process, _key, _accounts, Endpoint) = (process, key, accounts, endpoint);
    }

    /// <summary>The server that all test classes of a process share, in memory. It ends with the process.</summary>
    public static Task<AzuriteServer> SharedAsync => s_shared.Value;

    /// <summary>Where it listens.</summary>
    public Uri Endpoint { get; }

    /// <summary>Its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>The first account: for a test that has a server of its own.</summary>
    public string ConnectionString => ConnectionStringOf(0);

    /// <summary>Starts a server on a free port.</summary>
    /// <param name="dataFolder">An existing folder of the caller's to keep the blobs in; null: in memory.</param>
    /// <param name="port">A port of the caller's choice, to come back at the same address; 0: any free one.</param>
    /// <param name="accounts">How many accounts there are.</param>
    /// <param name="accountKey">Their key, to come back with the same one; null: a random one.</param>
    public static async Task<AzuriteServer> StartAsync(
        string? dataFolder = null, int port = 0, int accounts = 256, string? accountKey = null)
    {
        string key = accountKey ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        Process process = Launch(dataFolder, port, string.Join(
            ';', Enumerable.Range(0, accounts).Select(index => $"{AccountName(index)}:{key}")));
        try
        {
            Uri endpoint = await ReadEndpointAsync(process).WaitAsync(s_startLimit);
            return new AzuriteServer(process, key, accounts, endpoint);
        }
        catch
        {
            await EndAsync(process);
            throw;
        }
    }

    /// <summary>The connection string of an account that nobody else has been given.</summary>
    public string NewAccount()
    {
        int account = Interlocked.Increment(ref _used);
        return account < _accounts ? ConnectionStringOf(account) : throw new InvalidOperationException("No account is left.");
    }

    public ValueTask DisposeAsync() => new(EndAsync(_process));

    private static string AccountName(int index) => $"vodtest{index}";

    private string ConnectionStringOf(int account) =>
        $"DefaultEndpointsProtocol=http;AccountName={AccountName(account)};AccountKey={_key};"
        + $"BlobEndpoint={Endpoint.AbsoluteUri.TrimEnd('/')}/{AccountName(account)};";

    private static Process Launch(string? dataFolder, int port, string accounts)
    {
        string main = Path.Combine(
            RepositoryRoot.Path, "node_modules", "azurite", "dist", "src", "blob", "main.js");
        if (!File.Exists(main))
        {
            throw new FileNotFoundException("Azurite is missing: run 'npm ci' in the repository's root.", main);
        }

        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = dataFolder ?? Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = accounts },
        };
        string[] kept = dataFolder is null ? ["--inMemoryPersistence"] : ["--location", dataFolder];
        string[] arguments =
        [
            "--import", ExitWithParent, main, "--blobHost", "127.0.0.1", "--blobPort", $"{port}",
            "--silent", "--skipApiVersionCheck", "--disableTelemetry", .. kept,
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("node does not start.");
    }

    private static async Task<Uri> ReadEndpointAsync(Process process)
    {
        // Both pipes are read to their end, or the server would stop when one is full.
        Task<string> errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (ListensOn().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new Uri(match.Groups["uri"].Value);
            }
        }

        throw new InvalidOperationException($"Azurite did not start: {await errors}");
    }

    private static async Task EndAsync(Process process)
    {
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(s_endLimit);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    [GeneratedRegex("successfully listens on (?<uri>http://\\S+)")]
    private static partial Regex ListensOn();
}
