using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace VodFunctions.Demo;

/// <summary>The browser's open connection: what is pushed to this user.</summary>
internal sealed class NoticeSocket : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<Notice> _notices = Channel.CreateUnbounded<Notice>();
    private readonly CancellationTokenSource _stop = new();
    private Task _receiving = Task.CompletedTask;

    /// <summary>Connects, and returns when the service has said so.</summary>
    public async Task ConnectAsync(Uri url, CancellationToken cancellationToken)
    {
        _socket.Options.AddSubProtocol("json.webpubsub.azure.v1");
        await _socket.ConnectAsync(url, cancellationToken);
        using JsonDocument first = await ReceiveAsync(cancellationToken)
            ?? throw new DemoException("The notification service closed the connection.");
        if (first.RootElement.GetProperty("event").GetString() != "connected")
        {
            throw new DemoException("The notification service did not accept the connection.");
        }

        _receiving = ReceiveAllAsync();
    }

    /// <summary>The next notice.</summary>
    /// <exception cref="ChannelClosedException">The connection is over.</exception>
    public ValueTask<Notice> NextAsync(CancellationToken cancellationToken) => _notices.Reader.ReadAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAllAsync()
    {
        Exception? error = null;
        try
        {
            while (await ReceiveAsync(_stop.Token) is { } frame)
            {
                using (frame)
                {
                    if (frame.RootElement.GetProperty("type").GetString() == "message")
                    {
                        JsonElement data = frame.RootElement.GetProperty("data");
                        _notices.Writer.TryWrite(data.Deserialize<Notice>(JsonSerializerOptions.Web)!);
                    }
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or JsonException or OperationCanceledException)
        {
            error = e;
        }

        _notices.Writer.TryComplete(error);
    }

    private async Task<JsonDocument?> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var frame = new MemoryStream();
        byte[] buffer = new byte[4096];
        while (true)
        {
            WebSocketReceiveResult part = await _socket.ReceiveAsync(buffer, cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            frame.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return JsonDocument.Parse(frame.ToArray());
            }
        }
    }
}
