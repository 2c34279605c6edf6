using System.Net.WebSockets;
using System.Text.Json;

namespace VodFunctions.Local.Tests.EndToEnd.Harness;

/// <summary>A notice, as pushed.</summary>
internal sealed record PushedNotice(string Type, string VideoId, JsonElement Data)
{
    /// <summary>Whether it says how a job ended, not how far it is.</summary>
    public bool IsFinal => Type is "video.completed" or "video.failed";
}

/// <summary>A browser's open connection, which is opened again whenever it breaks.</summary>
internal sealed class NoticeListener : IAsyncDisposable
{
    private readonly VodClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<PushedNotice> _received = [];
    private readonly Task _listening;

    private NoticeListener(VodClient client)
    {
        _client = client;
        _listening = ListenAsync();
    }

    public IReadOnlyList<PushedNotice> Received
    {
        get
        {
            lock (_gate)
            {
                return [.. _received];
            }
        }
    }

    /// <summary>Returns when the service has accepted the connection.</summary>
    public static async Task<NoticeListener> OpenAsync(VodClient client)
    {
        var listener = new NoticeListener(client);
        await listener._connected.Task.WaitAsync(Until.Limit);
        return listener;
    }

    /// <summary>The first notice that says how a video's job ended.</summary>
    public async Task<PushedNotice> NoticeOfAsync(string videoId)
    {
        PushedNotice? found = null;
        await Until.TrueAsync(
            () => (found = Received.FirstOrDefault(notice => notice.IsFinal && notice.VideoId == videoId)) is not null,
            $"the notice of {videoId} is pushed");
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var socket = new ClientWebSocket();
                socket.Options.AddSubProtocol("json.webpubsub.azure.v1");
                await socket.ConnectAsync(await _client.ConnectUrlAsync(), _stop.Token);
                while (await ReceiveAsync(socket) is { } frame)
                {
                    Take(frame);
                }
            }
            catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException)
            {
                // The host is down: again, until it is back.
            }

            await Task.Delay(50, _stop.Token);
        }
    }

    private void Take(JsonElement frame)
    {
        if (frame.TryGetProperty("event", out JsonElement name) && name.GetString() == "connected")
        {
            _connected.TrySetResult();
        }
        else if (frame.GetProperty("type").GetString() == "message")
        {
            JsonElement data = frame.GetProperty("data");
            lock (_gate)
            {
                _received.Add(new(data.GetProperty("type").GetString()!, data.GetProperty("videoId").GetString()!, data));
            }
        }
    }

    private async Task<JsonElement?> ReceiveAsync(ClientWebSocket socket)
    {
        using var frame = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            WebSocketReceiveResult part = await socket.ReceiveAsync(buffer, _stop.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            frame.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return JsonSerializer.Deserialize<JsonElement>(frame.ToArray());
            }
        }
    }
}
