using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using VodFunctions.Local.WebPubSub.Connections;
using VodFunctions.Local.WebPubSub.Hubs;
using VodFunctions.Local.WebPubSub.Tokens;

namespace VodFunctions.Local.WebPubSub;

/// <summary>Where clients connect: <c>GET /client/hubs/{hub}?access_token=...</c>, upgraded to a WebSocket.</summary>
internal sealed class ClientEndpoint(
    HubRegistry hubs,
    ClientTokens tokens,
    IOptions<WebPubSubEmulatorOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<ClientEndpoint> log)
{
    private readonly WebPubSubEmulatorOptions _options = options.Value;

    public async Task HandleAsync(HttpContext context, string? hubName)
    {
        if (!HubName.IsValid(hubName) || !context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (await IdentifyAsync(context.Request, hubName!) is not { } identity)
        {
            Log.ConnectRefused(log, hubName!, "token");
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        Hub hub = hubs.Get(hubName!);
        Subprotocol protocol = Subprotocol.Choose(context.WebSockets.WebSocketRequestedProtocols);
        (bool recovering, Connection? connection) = Recover(context.Request.Query, hub, identity);
        connection ??= recovering ? null : new Connection(identity, protocol, _options);

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(protocol.Name);
        if (connection is null)
        {
            // The client takes this code for "ask for a new URL and start again".
            Log.ConnectRefused(log, hub.Name, "recovery");
            await RefuseAsync(socket);
            return;
        }

        await RunAsync(hub, connection, new Session(hub, connection, socket, _options.MaxFrameBytes, context.Abort));
    }

    private async Task RunAsync(Hub hub, Connection connection, Session session)
    {
        connection.Attach(session);
        hub.Add(connection);
        Log.Connected(log, connection.Id, hub.Name, connection.Protocol.Name ?? "none");

        SessionEnd end = await session.RunAsync(lifetime.ApplicationStopping);
        Log.Disconnected(log, connection.Id, end.ToString());
        if (!connection.Detach(session))
        {
            return; // The client is back on another socket already.
        }

        if (end == SessionEnd.Broken && connection is { IsCutOff: false, Protocol.IsReliable: true })
        {
            _ = ForgetLaterAsync(hub, connection);
        }
        else
        {
            hub.Remove(connection);
        }
    }

    private async Task<ClientIdentity?> IdentifyAsync(HttpRequest request, string hub)
    {
        string? token = request.Query["access_token"];
        const string Scheme = "Bearer ";
        string authorization = request.Headers.Authorization.ToString();
        if (string.IsNullOrEmpty(token) && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            token = authorization[Scheme.Length..];
        }

        bool hasEndpoint = Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out Uri? endpoint);
        return string.IsNullOrEmpty(token) || !hasEndpoint
            ? null
            : await tokens.ValidateAsync(token, _options.Endpoint ?? endpoint!, hub);
    }

    private static (bool Recovering, Connection? Connection) Recover(IQueryCollection query, Hub hub, ClientIdentity identity)
    {
        string? id = query["awps_connection_id"];
        string? token = query["awps_reconnection_token"];
        return id is null || token is null
            ? (false, null)
            : (true, hub.TryFind(id, out Connection? found) && found.Recognizes(identity.UserId, token) ? found : null);
    }

    // A connection that comes back and breaks again starts a later deadline of its own; an earlier one then finds a
    // socket, or forgets a little early, never a connection that talks.
    private async Task ForgetLaterAsync(Hub hub, Connection connection)
    {
        await Task.Delay(_options.RecoveryWindow, time, lifetime.ApplicationStopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connection.IsDetached)
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
}
