using System.Globalization;
using VodFunctions.WebPubSubEmulator.Connections;
using VodFunctions.WebPubSubEmulator.Frames;
using VodFunctions.WebPubSubEmulator.Hubs;
using VodFunctions.WebPubSubEmulator.Tokens;

namespace VodFunctions.WebPubSubEmulator.Rest;

/// <summary>
/// The service's REST API, version 2024-12-01, as far as server SDKs send, look, close and make tokens. Permissions and
/// membership of groups are left out: this system does not use them.
/// </summary>
internal sealed class RestEndpoints(RestGuard guard, ClientTokens tokens, EmulatorEndpoint endpoint)
{
    private const string Hub = "/api/hubs/{hub}";
    private const string User = $"{Hub}/users/{{user}}";
    private const string Group = $"{Hub}/groups/{{group}}";
    private const string Single = $"{Hub}/connections/{{connection}}";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, "POST", $"{Hub}/:send", SendingTo(All));
        Map(endpoints, "POST", $"{User}/:send", SendingTo(OfUser));
        Map(endpoints, "POST", $"{Group}/:send", SendingTo(OfGroup));
        Map(endpoints, "POST", $"{Single}/:send", SendingTo(One));
        Map(endpoints, "POST", $"{Hub}/:closeConnections", Closing(All));
        Map(endpoints, "POST", $"{User}/:closeConnections", Closing(OfUser));
        Map(endpoints, "POST", $"{Group}/:closeConnections", Closing(OfGroup));
        Map(endpoints, "DELETE", Single, Closing(One));
        Map(endpoints, "HEAD", User, LookingFor(OfUser, "User"));
        Map(endpoints, "HEAD", Group, LookingFor(OfGroup, "Group"));
        Map(endpoints, "HEAD", Single, LookingFor(One, "Connection"));
        Map(endpoints, "POST", $"{Hub}/:generateToken", GenerateToken);
    }

    private static Connection[] All(HttpContext context, Hub hub) => hub.All();

    private static Connection[] OfUser(HttpContext context, Hub hub) => hub.OfUser(Name(context));

    private static Connection[] OfGroup(HttpContext context, Hub hub) => hub.OfGroup(Name(context));

    private static Connection[] One(HttpContext context, Hub hub) =>
        hub.TryFind(Name(context), out Connection? found) ? [found] : [];

    private void Map(
        IEndpointRouteBuilder endpoints, string method, string pattern, Func<HttpContext, Hub, Task<IResult>> answer) =>
        endpoints.MapMethods(pattern, [method], (HttpContext context) => guard.AnswerAsync(context, answer))
            .ExcludeFromDescription();

    private static Func<HttpContext, Hub, Task<IResult>> SendingTo(Func<HttpContext, Hub, Connection[]> targets) =>
        async (context, hub) =>
        {
            (HubMessage? message, RestError? error) = await MessageReader.ReadAsync(context.Request);
            if (message is null)
            {
                return error!;
            }

            string? group = context.Request.RouteValues.ContainsKey("group") ? Name(context) : null;
            hub.Send(Except(targets(context, hub), context.Request), message with { Group = group });
            return TypedResults.StatusCode(StatusCodes.Status202Accepted);
        };

    private static Func<HttpContext, Hub, Task<IResult>> Closing(Func<HttpContext, Hub, Connection[]> targets) =>
        (context, hub) =>
        {
            string reason = context.Request.Query["reason"].ToString();
            foreach (Connection connection in Except(targets(context, hub), context.Request))
            {
                // Gone at once for everybody else; its client still gets what waits for it.
                hub.Remove(connection);
                connection.Close(reason);
            }

            return Task.FromResult<IResult>(TypedResults.NoContent());
        };

    private static Func<HttpContext, Hub, Task<IResult>> LookingFor(
        Func<HttpContext, Hub, Connection[]> targets, string what) =>
        (context, hub) => Task.FromResult<IResult>(
            targets(context, hub).Any(connection => !connection.HasLeft) ? TypedResults.Ok() : RestError.NotFound(what));

    private Task<IResult> GenerateToken(HttpContext context, Hub hub)
    {
        IQueryCollection query = context.Request.Query;
        string minutes = query.TryGetValue("minutesToExpire", out var given) ? given.ToString() : "60";
        if (!int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out int lifetime) || lifetime < 1)
        {
            return Task.FromResult<IResult>(RestError.BadParameter("minutesToExpire", "It is a number of minutes from 1."));
        }

        if (query["clientType"].ToString() is { Length: > 0 } type && !type.Equals("Default", StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult<IResult>(RestError.BadParameter("clientType", "The emulator has clients of the type Default only."));
        }

        string user = query["userId"].ToString();
        var identity = new ClientIdentity(
            user.Length > 0 ? user : null, Values(query, "role").ToHashSet(StringComparer.Ordinal), Values(query, "group"));
        string token = tokens.Issue(endpoint.Get(), hub.Name, identity, TimeSpan.FromMinutes(lifetime));
        return Task.FromResult<IResult>(TypedResults.Ok(new { token }));
    }

    private static IEnumerable<Connection> Except(Connection[] connections, HttpRequest request)
    {
        IReadOnlyList<string> excluded = Values(request.Query, "excluded");
        return connections.Where(connection => !excluded.Contains(connection.Id));
    }

    private static IReadOnlyList<string> Values(IQueryCollection query, string name) => [.. query[name].OfType<string>()];

    // The fifth segment of the path as it was sent: routing leaves an escaped slash escaped, and names may hold one.
    private static string Name(HttpContext context) =>
        Uri.UnescapeDataString(RestGuard.Called(context.Request).Segments[5].TrimEnd('/'));
}
