using System.Diagnostics;
using System.Threading.Channels;
using VodFunctions.Bench.Clips;
using VodFunctions.Bench.Measuring;
using VodFunctions.Demo;

namespace VodFunctions.Bench.Jobs;

/// <summary>One signed-in browser with an open connection for notices: uploads, posts, waits for the push.</summary>
internal sealed class Uploader : IAsyncDisposable
{
    private const string Ended = "video.completed";
    private const string Failed = "video.failed";
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient _http;
    private readonly ApiClient _api;
    private readonly NoticeSocket _socket = new();
    private readonly HostProcess _host;
    private readonly int _storage;

    private Uploader(HostProcess host, int storage)
    {
        (_host, _storage) = (host, storage);
        _http = new HttpClient { BaseAddress = host.Url };
        _api = new ApiClient(_http);
    }

    /// <summary>Connects.</summary>
    /// <param name="host">Whose CPU time counts.</param>
    /// <param name="storage">The process whose CPU time is told apart.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Uploader> ConnectAsync(HostProcess host, int storage, CancellationToken cancellationToken)
    {
        var uploader = new Uploader(host, storage);
        await uploader._api.SignInAsync("bench", cancellationToken);
        await uploader._socket.ConnectAsync(await uploader._api.ConnectAsync(cancellationToken), cancellationToken);
        return uploader;
    }

    /// <summary>One whole job: from the stored upload to the push that says that it is ready.</summary>
    /// <returns>The video and what it took.</returns>
    public async Task<(string VideoId, Usage Usage)> MeasureAsync(BenchClip clip, CancellationToken cancellationToken)
    {
        DemoClip file = await DemoClip.GetAsync(
            new DemoOptions(_host.Url, clip.Path, Path.GetTempPath(), TimeSpan.Zero), cancellationToken);
        TicketAnswer ticket = await _api.RequestUploadAsync(file, cancellationToken);

        // Posted before the upload ends, so that the push comes with the job's end.
        await _api.SubmitPostAsync(ticket.VideoId, "A clip to measure with.", cancellationToken);
        await new BlockUpload(_api, TimeProvider.System).RunAsync(file, ticket, _ => { }, cancellationToken);

        long began = Stopwatch.GetTimestamp();
        CpuTime before = ProcStat.Read(_host.Id);
        CpuTime storageBefore = ProcStat.Read(_storage);
        Notice notice = await NoticeAsync(ticket.VideoId, cancellationToken);
        TimeSpan wall = Stopwatch.GetElapsedTime(began);
        while (ProcStat.HasChildren(_host.Id))
        {
            await Task.Delay(s_settle, cancellationToken);
        }

        var usage = new Usage(wall, ProcStat.Read(_host.Id) - before, (ProcStat.Read(_storage) - storageBefore).Total);
        await _api.AcknowledgeAsync(notice, cancellationToken);
        return notice.Type == Ended
            ? (ticket.VideoId, usage)
            : throw new BenchException($"The job of {Path.GetFileName(clip.Path)} has failed.");
    }

    public async ValueTask DisposeAsync()
    {
        await _socket.DisposeAsync();
        _http.Dispose();
    }

    private async Task<Notice> NoticeAsync(string videoId, CancellationToken cancellationToken)
    {
        Notice notice;
        do
        {
            try
            {
                notice = await _socket.NextAsync(cancellationToken);
            }
            catch (ChannelClosedException failure)
            {
                throw new BenchException("The host has closed the connection for notices.", failure);
            }
        }
        while (notice.VideoId != videoId || notice.Type is not (Ended or Failed));

        return notice;
    }
}
