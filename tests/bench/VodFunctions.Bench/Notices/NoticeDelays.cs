using System.Diagnostics;
using VodFunctions.Bench.Clips;
using VodFunctions.Bench.Jobs;
using VodFunctions.Demo;

namespace VodFunctions.Bench.Notices;

/// <summary>
/// Measures the push delay: from the moment when the job has ended and the post is submitted, whichever comes last, until
/// the notice's first frame is there. Its host does nothing else.
/// </summary>
internal sealed class NoticeDelays : IAsyncDisposable
{
    private const int Burst = 16;
    private const int UploadsAtOnce = 4;
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(20);

    // What an acknowledgement sets off takes milliseconds, and should not meet the next sample.
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http;
    private readonly ApiClient _api;
    private readonly NoticeSocket _socket = new();
    private readonly NoticeWatch _watch;
    private readonly HostProcess _host;
    private readonly DemoClip _clip;

    private NoticeDelays(HostProcess host, DemoClip clip)
    {
        (_host, _clip) = (host, clip);
        _http = new HttpClient { BaseAddress = host.Url };
        _api = new ApiClient(_http);
        _watch = new NoticeWatch(_socket);
    }

    /// <summary>Signs a browser in and connects it.</summary>
    public static async Task<NoticeDelays> ConnectAsync(HostProcess host, BenchClip clip, CancellationToken cancellationToken)
    {
        DemoClip file = await DemoClip.GetAsync(
            new DemoOptions(host.Url, clip.Path, Path.GetTempPath(), TimeSpan.Zero), cancellationToken);
        var delays = new NoticeDelays(host, file);
        await delays._api.SignInAsync("notices", cancellationToken);
        await delays._socket.ConnectAsync(await delays._api.ConnectAsync(cancellationToken), cancellationToken);
        return delays;
    }

    /// <summary>Measures all situations.</summary>
    /// <param name="count">Samples in each of the first two.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<NoticeSeries>> RunAsync(int count, CancellationToken cancellationToken)
    {
        // The first of each kind compile the host's code and are not counted.
        TimeSpan[] jobLast = await JobLastAsync(count + 1, cancellationToken);
        int bursts = (count + Burst - 1) / Burst;
        IReadOnlyList<string> ready = await PrepareAsync(count + 1 + (bursts * Burst), cancellationToken);
        TimeSpan[] postLast = await PostLastAsync([.. ready.Take(count + 1)], 1, cancellationToken);
        TimeSpan[] burst = await PostLastAsync([.. ready.Skip(count + 1)], Burst, cancellationToken);
        return
        [
            new("the post comes last, one at a time", postLast[1..]),
            new($"the post comes last, {Burst} posts at once", burst),
            new("the job ends last, one at a time", jobLast[1..]),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await _socket.DisposeAsync();
        _http.Dispose();
    }

    private async Task<TimeSpan[]> JobLastAsync(int count, CancellationToken cancellationToken)
    {
        var arrivals = new Dictionary<string, Arrival>();
        for (int sample = 0; sample < count; sample++)
        {
            TicketAnswer ticket = await _api.RequestUploadAsync(_clip, cancellationToken);
            await PostAsync(ticket.VideoId, cancellationToken);
            await UploadAsync(ticket, cancellationToken);
            Arrival arrival = (await _watch.FirstAsync([ticket.VideoId], cancellationToken))[ticket.VideoId];
            arrivals[ticket.VideoId] = arrival;
            await AcknowledgeAsync(arrival.Notice, cancellationToken);
        }

        IReadOnlyDictionary<string, DateTimeOffset> ends =
            await EndedJobs.ReadAsync(_host.Log, arrivals.Keys, cancellationToken);
        return [.. arrivals.Select(arrival => arrival.Value.At - ends[arrival.Key])];
    }

    private async Task<TimeSpan[]> PostLastAsync(
        IReadOnlyList<string> videoIds, int atOnce, CancellationToken cancellationToken)
    {
        var delays = new List<TimeSpan>();
        foreach (string[] some in videoIds.Chunk(atOnce))
        {
            Task<IReadOnlyDictionary<string, Arrival>> watching = _watch.FirstAsync(some, cancellationToken);
            var sent = some.ToDictionary(id => id, id => (At: Stopwatch.GetTimestamp(), Answer: PostAsync(id, cancellationToken)));
            await Task.WhenAll(sent.Values.Select(post => post.Answer));
            IReadOnlyDictionary<string, Arrival> arrivals = await watching;
            delays.AddRange(some.Select(id => Stopwatch.GetElapsedTime(sent[id].At, arrivals[id].Timestamp)));
            await Task.WhenAll(arrivals.Values.Select(arrival => AcknowledgeAsync(arrival.Notice, cancellationToken)));
        }

        return [.. delays];
    }

    private async Task<IReadOnlyList<string>> PrepareAsync(int count, CancellationToken cancellationToken)
    {
        var videoIds = new string[count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = UploadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, options, async (index, token) =>
        {
            TicketAnswer ticket = await _api.RequestUploadAsync(_clip, token);
            await UploadAsync(ticket, token);
            videoIds[index] = ticket.VideoId;
        });
        foreach (string videoId in videoIds)
        {
            await UntilAsync(videoId, video => video.Job is { HasEnded: true }, cancellationToken);
        }

        return videoIds;
    }

    private Task UploadAsync(TicketAnswer ticket, CancellationToken cancellationToken) =>
        new BlockUpload(_api, TimeProvider.System).RunAsync(_clip, ticket, _ => { }, cancellationToken);

    private Task PostAsync(string videoId, CancellationToken cancellationToken) =>
        _api.SubmitPostAsync(videoId, "A clip to measure notices with.", cancellationToken);

    // The frame leaves before SENT is stored: whatever still belongs to this notice is over before the next one.
    private async Task AcknowledgeAsync(Notice notice, CancellationToken cancellationToken)
    {
        await UntilAsync(notice.VideoId, video => video.Notification?.Status == "SENT", cancellationToken);
        await _api.AcknowledgeAsync(notice, cancellationToken);
        await Task.Delay(s_settle, cancellationToken);
    }

    private async Task UntilAsync(string videoId, Func<VideoAnswer, bool> there, CancellationToken cancellationToken)
    {
        while (await _api.GetVideoAsync(videoId, cancellationToken) is var video && !there(video))
        {
            if (video.Job?.Error is { } error)
            {
                throw new BenchException($"A job has failed whose notice is measured: {error.Code}.");
            }

            await Task.Delay(s_poll, cancellationToken);
        }
    }
}
