using System.Security.Claims;

namespace VodFunctions.WebPubSubEmulator.Tokens;

/// <summary>Makes and checks the token in a client URL: <c>aud</c> is the client endpoint of one hub.</summary>
internal sealed class ClientTokens(SignedTokens tokens)
{
    /// <summary>The URL that a client connects with. A secret.</summary>
    public Uri Url(Uri endpoint, string hub, ClientIdentity identity, TimeSpan lifetime)
    {
        string scheme = endpoint.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        string token = Issue(endpoint, hub, identity, lifetime);
        return new Uri($"{scheme}://{endpoint.Authority}{Path(hub)}?access_token={token}");
    }

    /// <summary>A token for one client.</summary>
    public string Issue(Uri endpoint, string hub, ClientIdentity identity, TimeSpan lifetime)
    {
        var claims = new Dictionary<string, object>();
        if (identity.UserId is not null)
        {
            claims["sub"] = identity.UserId;
        }

        if (identity.Roles.Count > 0)
        {
            claims["role"] = identity.Roles.ToArray();
        }

        if (identity.Groups.Count > 0)
        {
            claims["webpubsub.group"] = identity.Groups.ToArray();
        }

        return tokens.Issue(endpoint.GetLeftPart(UriPartial.Authority) + Path(hub), lifetime, claims);
    }

    /// <summary>Whom the token is for, or null where it is not good for that hub at this endpoint now.</summary>
    /// <param name="token">As received.</param>
    /// <param name="isEndpoint">Whether an audience's authority is this endpoint.</param>
    /// <param name="hub">The hub.</param>
    public async Task<ClientIdentity?> ValidateAsync(string token, Func<Uri, bool> isEndpoint, string hub) =>
        await tokens.ValidateAsync(token, uri => uri.AbsolutePath == Path(hub) && isEndpoint(uri)) is { } claims
            ? Read(claims)
            : null;

    private static ClientIdentity Read(ClaimsIdentity claims) => new(
        claims.FindFirst("sub")?.Value,
        claims.FindAll("role").Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal),
        [.. claims.FindAll("webpubsub.group").Select(claim => claim.Value)]);

    private static string Path(string hub) => $"/client/hubs/{hub}";
}
