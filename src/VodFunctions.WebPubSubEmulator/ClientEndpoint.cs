using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using VodFunctions.WebPubSubEmulator.Connections;
using VodFunctions.WebPubSubEmulator.Hubs;
using VodFunctions.WebPubSubEmulator.Tokens;

namespace VodFunctions.WebPubSubEmulator;

/// <summary>Where clients connect: <c>GET /client/hubs/{hub}?access_token=...</c>, upgraded to a WebSocket.</summary>
internal sealed class ClientEndpoint(
    HubRegistry hubs,
    ClientTokens tokens,
    EmulatorEndpoint endpoint,
    IOptions<EmulatorOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<ClientEndpoint> log)
{
    private readonly EmulatorOptions _options = options.Value;

    public async Task HandleAsync(HttpContext context, string? hubName)
    {
        if (!HubName.IsValid(hubName) || !context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        // Who has just been told goodbye comes back at once, while this host still listens: to the next one, not to this.
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        // A hub is made for a good token only: names are free, and each hub takes memory.
        if (Recovery.Of(context.Request) is { } recovery)
        {
            await RecoverAsync(context, hubs.Find(hubName!), recovery);
        }
        else if (await IdentifyAsync(context.Request, hubName!) is { } identity)
        {
            Hub hub = hubs.Get(hubName!);
            Subprotocol protocol = Subprotocol.Choose(context.WebSockets.WebSocketRequestedProtocols);
            var connection = new Connection(identity, protocol, _options);
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(protocol.Name);
            Session session = Attach(context, hub, connection, socket)!;
            hub.Add(connection);
            await RunAsync(hub, connection, session);
        }
        else
        {
            Log.ConnectRefused(log, hubName!, "token");
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
    }

    // The reconnection token alone says who it is: the access token in the URL may have expired since it connected
    // (client feature spec sections 1.4 and 2.2). A client takes 1008, and nothing else, for "start anew".
    private async Task RecoverAsync(HttpContext context, Hub? hub, Recovery recovery)
    {
        Subprotocol protocol = Subprotocol.Choose(context.WebSockets.WebSocketRequestedProtocols);
        Connection? connection = null;
        bool known = hub is not null && hub.TryFind(recovery.ConnectionId, out connection)
            && connection.Protocol == protocol && connection.Recognizes(recovery.Token);
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(protocol.Name);
        if (known && Attach(context, hub!, connection!, socket) is { } session)
        {
            await RunAsync(hub!, connection!, session);
        }
        else
        {
            Log.ConnectRefused(log, hub?.Name ?? "unknown", "recovery");
            await RefuseAsync(socket);
        }
    }

    private Session? Attach(HttpContext context, Hub hub, Connection connection, WebSocket socket)
    {
        var session = new Session(hub, connection, socket, _options.MaxFrameBytes, context.Abort);
        return connection.TryAttach(session) ? session : null;
    }

    private async Task RunAsync(Hub hub, Connection connection, Session session)
    {
        Log.Connected(log, connection.Id, hub.Name, connection.Protocol.Name ?? "none");
        SessionEnd end = await session.RunAsync(lifetime.ApplicationStopping);
        Log.Disconnected(log, connection.Id, end.ToString());
        switch (connection.Detach(session, end))
        {
            case Detached.Waiting:
                _ = ForgetLaterAsync(hub, connection, connection.Sockets);
                break;
            case Detached.Over:
                hub.Remove(connection);
                break;
        }
    }

    private async Task<ClientIdentity?> IdentifyAsync(HttpRequest request, string hub)
    {
        string? token = request.Query["access_token"];
        return (string.IsNullOrEmpty(token) ? BearerHeader.Read(request) : token) is { } given
            ? await tokens.ValidateAsync(given, audience => endpoint.Is(audience, request), hub)
            : null;
    }

    private async Task ForgetLaterAsync(Hub hub, Connection connection, int sockets)
    {
        await Task.Delay(_options.RecoveryWindow, time, lifetime.ApplicationStopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connection.TryForget(sockets))
        {
            hub.Remove(connection);
        }
    }

    private static async Task RefuseAsync(WebSocket socket)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, "The connection cannot be recovered.", limit.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // Gone before it heard.
        }
    }

    /// <summary>What a client that comes back shows.</summary>
    private sealed record Recovery(string ConnectionId, string Token)
    {
        public static Recovery? Of(HttpRequest request) =>
            request.Query["awps_connection_id"].ToString() is { Length: > 0 } id
                ? new(id, request.Query["awps_reconnection_token"].ToString())
                : null;
    }
}
