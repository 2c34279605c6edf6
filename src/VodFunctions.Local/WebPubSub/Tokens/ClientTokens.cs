using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace VodFunctions.Local.WebPubSub.Tokens;

/// <summary>Makes and checks the token in a client URL: HS256 over the access key, <c>aud</c> the client endpoint of one hub.</summary>
internal sealed class ClientTokens(AccessKey key, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token for one user, without any role.</summary>
    public string Issue(Uri endpoint, string hub, string userId, TimeSpan lifetime)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Audience = Audience(endpoint, hub),
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            Claims = new Dictionary<string, object> { ["sub"] = userId },
            SigningCredentials = new SigningCredentials(key.SigningKey, SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>Whom the token is for, or null where it is not good for that hub at this endpoint now.</summary>
    public async Task<ClientIdentity?> ValidateAsync(string token, Uri endpoint, string hub)
    {
        TokenValidationResult result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = key.SigningKey,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateIssuer = false,
            AudienceValidator = (audiences, _, _) => audiences.Any(audience => IsFor(audience, endpoint, hub)),
            LifetimeValidator = (from, to, _, _) => IsNow(from, to),
        });
        return result.IsValid ? Read(result.ClaimsIdentity) : null;
    }

    private static ClientIdentity Read(ClaimsIdentity claims) => new(
        claims.FindFirst("sub")?.Value,
        claims.FindAll("role").Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal),
        [.. claims.FindAll("webpubsub.group").Select(claim => claim.Value)]);

    private static string Audience(Uri endpoint, string hub) =>
        $"{endpoint.GetLeftPart(UriPartial.Authority)}/client/hubs/{hub}";

    // localhost, 127.0.0.1 and [::1] are one machine: which of them a client was configured with does not matter.
    private static bool IsFor(string audience, Uri endpoint, string hub) =>
        Uri.TryCreate(audience, UriKind.Absolute, out Uri? uri)
        && uri.Scheme is "http" or "https"
        && uri.AbsolutePath.Equals($"/client/hubs/{hub}", StringComparison.Ordinal)
        && uri.Port == endpoint.Port
        && (uri.Host.Equals(endpoint.Host, StringComparison.OrdinalIgnoreCase) || (uri.IsLoopback && endpoint.IsLoopback));

    private bool IsNow(DateTime? from, DateTime? to)
    {
        // The clocks of both sides may differ a little; the service allows for that too.
        TimeSpan skew = TimeSpan.FromSeconds(30);
        DateTime now = time.GetUtcNow().UtcDateTime;
        return to is not null && now < to && (from is null || from <= now + skew);
    }
}
