using System.Diagnostics;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Local.Tests.Playback;

/// <summary>Azurite on a free port, in memory, for the tests of one class.</summary>
public sealed partial class StorageEmulator : IAsyncLifetime
{
    private const string Account =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey="
        + "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;BlobEndpoint=";

    private Process? _process;

    public BlobServiceClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        string script = Repository.File("node_modules", "azurite", "dist", "src", "blob", "main.js");
        var start = new ProcessStartInfo("node")
        {
            ArgumentList =
            {
                script, "--blobPort", "0", "--inMemoryPersistence", "--silent", "--skipApiVersionCheck", "--disableTelemetry",
            },
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        Match address;
        do
        {
            string? line = await _process.StandardOutput.ReadLineAsync(limit.Token);
            address = Address().Match(line ?? throw new InvalidOperationException("Azurite ended."));
        }
        while (!address.Success);

        Client = new BlobServiceClient($"{Account}{address.Value}/devstoreaccount1;");
        await Client.CreateBlobContainerAsync("media");
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    [GeneratedRegex(@"(?<=successfully listens on )http://127\.0\.0\.1:[0-9]+")]
    private static partial Regex Address();
}
