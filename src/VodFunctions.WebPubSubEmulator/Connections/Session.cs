using System.Net.WebSockets;
using System.Text;
using VodFunctions.WebPubSubEmulator.Frames;
using VodFunctions.WebPubSubEmulator.Hubs;

namespace VodFunctions.WebPubSubEmulator.Connections;

/// <summary>One WebSocket of a connection, from the handshake to its end.</summary>
/// <param name="hub">Carries out what the client asks for.</param>
/// <param name="connection">Whose socket it is.</param>
/// <param name="socket">The accepted socket.</param>
/// <param name="maxFrameBytes">The largest frame that is taken.</param>
/// <param name="cut">Ends the TCP connection at once, also under a send that waits for the client to read.</param>
internal sealed class Session(Hub hub, Connection connection, WebSocket socket, int maxFrameBytes, Action cut)
{
    private static readonly TimeSpan s_closeLimit = TimeSpan.FromSeconds(2);

    private readonly FrameReader _reader = new(socket, maxFrameBytes);
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What it takes with from its connection's outbox; set before it runs.</summary>
    public OutboxTurn Turn { get; set; } = new();

    /// <summary>Says goodbye to the client once it has what waits for it.</summary>
    public void Close(string reason) => _closed.TrySetResult(reason);

    /// <summary>Drops the socket at once: its client does not read, or has come back on another.</summary>
    public void Abort() => cut();

    /// <summary>Sends and receives until one side ends it.</summary>
    /// <returns>How it ended; <see cref="SessionEnd.Broken"/> where a reliable client may come back.</returns>
    public async Task<SessionEnd> RunAsync(CancellationToken stopping)
    {
        using var quiet = new CancellationTokenSource();
        Task sending = SendAsync(quiet.Token);
        Task<SessionEnd> receiving = ReceiveAsync();

        // Lets go of the host's token at the end: sockets come and go as long as the host is up.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task stop = Task.Delay(Timeout.InfiniteTimeSpan, ended.Token);
        Task first = await Task.WhenAny(receiving, stop, _closed.Task, sending);

        SessionEnd end = first == receiving ? await receiving
            : first == stop ? SessionEnd.Stopping
            : _closed.Task.IsCompleted ? SessionEnd.ByServer : SessionEnd.Broken;
        if (end is SessionEnd.Stopping)
        {
            connection.Close("The host is stopping.");
        }
        else if (end is not (SessionEnd.Broken or SessionEnd.ByServer))
        {
            await quiet.CancelAsync();
        }

        if (end != SessionEnd.Broken)
        {
            await CloseAsync(end, sending, receiving);
        }

        // Whatever is still under way on this socket ends here, so that nothing outlives the request. After a whole closing
        // handshake nothing is, and the reset of a cut would overtake the last frames on their way to the client.
        if (socket.State != WebSocketState.Closed || !sending.IsCompleted)
        {
            cut();
        }

        await quiet.CancelAsync();
        await ended.CancelAsync();
        await Task.WhenAll(sending, receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return end;
    }

    private async Task SendAsync(CancellationToken quiet)
    {
        // A send that has begun is never cancelled: half a frame would spoil the closing handshake.
        while (await connection.Outbox.TakeAsync(Turn, quiet) is { } frame)
        {
            WebSocketMessageType type = frame.IsBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
            await socket.SendAsync(frame.Bytes, type, endOfMessage: true, CancellationToken.None);
        }

        // The end comes after a close only; which of the two was heard first does not matter then.
        await _closed.Task;
    }

    private async Task<SessionEnd> ReceiveAsync()
    {
        try
        {
            while (await _reader.ReadAsync(CancellationToken.None) is { } bytes)
            {
                if (connection.Protocol.IsSimple)
                {
                    continue; // What a simple client sends is an event for an upstream server; there is none here.
                }

                if (!ClientFrame.TryParse(bytes, out ClientFrame? frame))
                {
                    return SessionEnd.Malformed;
                }

                ClientRequests.Handle(hub, connection, frame);
            }

            // .NET calls a close without a status a normal one, so the two cannot be told apart.
            return socket.CloseStatus is null or WebSocketCloseStatus.Empty or WebSocketCloseStatus.NormalClosure
                ? SessionEnd.Left
                : SessionEnd.ByClient;
        }
        catch (InvalidDataException)
        {
            return SessionEnd.TooLarge;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return SessionEnd.Broken;
        }
    }

    private async Task CloseAsync(SessionEnd end, Task sending, Task receiving)
    {
        using var limit = new CancellationTokenSource(s_closeLimit);
        try
        {
            await sending.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            (WebSocketCloseStatus status, string? reason) = Describe(end);
            if (reason is not null && !connection.Protocol.IsSimple)
            {
                ReadOnlyMemory<byte> goodbye = ServerFrame.Disconnected(reason).Bytes;
                await socket.SendAsync(goodbye, WebSocketMessageType.Text, endOfMessage: true, limit.Token);
            }

            await socket.CloseOutputAsync(status, Shorten(reason), limit.Token);
            await (receiving.IsCompleted ? DrainAsync(limit.Token) : receiving.WaitAsync(limit.Token));
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // The client does not take part in closing; it is closed without it.
        }
    }

    // Until the client's own close frame: closing the socket before would reset what the client has not read yet.
    private async Task DrainAsync(CancellationToken limit)
    {
        while (socket.State == WebSocketState.CloseSent && await _reader.ReadAsync(limit) is not null)
        {
        }
    }

    // A close frame has room for 123 bytes of UTF-8 (RFC 6455 section 5.5); the frame before it says all.
    private static string? Shorten(string? reason) => reason is null || Encoding.UTF8.GetByteCount(reason) <= 123
        ? reason
        : reason[..Math.Min(reason.Length, 40)];

    // Status codes of RFC 6455 section 7.4.1.
    private (WebSocketCloseStatus Status, string? Reason) Describe(SessionEnd end) => end switch
    {
        SessionEnd.Malformed => (WebSocketCloseStatus.InvalidPayloadData, "The frame is none of the subprotocol."),
        SessionEnd.TooLarge => (WebSocketCloseStatus.MessageTooBig, "The frame is too large."),
        SessionEnd.Stopping => (WebSocketCloseStatus.EndpointUnavailable, _closed.Task.Result),
        SessionEnd.ByServer => (WebSocketCloseStatus.NormalClosure, _closed.Task.Result),
        _ => (WebSocketCloseStatus.NormalClosure, null),
    };
}
