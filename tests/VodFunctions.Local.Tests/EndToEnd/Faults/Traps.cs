using System.Net;
using System.Net.Sockets;

namespace VodFunctions.Local.Tests.EndToEnd.Faults;

/// <summary>
/// A local file and a local port that nobody may open. The file is a named pipe: whoever opens it for reading lets our own
/// open for writing return, so that even a reader who then reads nothing is seen.
/// </summary>
internal sealed class Traps : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vod-secret-");
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Task _opened = Task.CompletedTask;

    /// <summary>The file's path, which everybody on the machine could open.</summary>
    public string Secret => Path.Combine(_folder.FullName, "secret.ts");

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public bool FileWasOpened => _opened.IsCompleted;

    public bool PortWasOpened => _listener.Pending();

    public static async Task<Traps> SetAsync()
    {
        var traps = new Traps();
        traps._folder.FullName.MakePublic();
        await BadFiles.RunAsync("mkfifo", "-m", "0644", traps.Secret);
        traps._listener.Start();
        traps._opened = Task.Factory.StartNew(
            () => new FileStream(traps.Secret, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose(),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return traps;
    }

    /// <summary>Springs both, which shows that they work.</summary>
    public async Task SpringAsync()
    {
        await using (new FileStream(Secret, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            await _opened.WaitAsync(TimeSpan.FromMinutes(5));
        }

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Url.Port);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_opened.IsCompleted)
        {
            await SpringAsync();
        }

        _listener.Dispose();
        _folder.Delete(recursive: true);
    }
}
