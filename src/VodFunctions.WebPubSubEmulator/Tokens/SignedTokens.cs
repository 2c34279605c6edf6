using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace VodFunctions.WebPubSubEmulator.Tokens;

/// <summary>JSON Web Tokens as the service takes them: HS256 over the access key, with <c>aud</c> and <c>exp</c>.</summary>
internal sealed class SignedTokens(AccessKey key, TimeProvider time)
{
    // The clocks of both sides may differ a little; the service allows for that too.
    private static readonly TimeSpan s_skew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Issue(string audience, TimeSpan lifetime, IDictionary<string, object> claims)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Audience = audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(key.SigningKey, SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>What the token claims, or null where it is not good.</summary>
    /// <param name="token">As received.</param>
    /// <param name="isAudience">Whether one of its audiences is the right one.</param>
    public async Task<ClaimsIdentity?> ValidateAsync(string token, Func<Uri, bool> isAudience)
    {
        TokenValidationResult result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = key.SigningKey,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateIssuer = false,
            AudienceValidator = (audiences, _, _) => audiences.Any(audience =>
                Uri.TryCreate(audience, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && isAudience(uri)),
            LifetimeValidator = (from, to, _, _) => IsNow(from, to),
        });
        return result.IsValid ? result.ClaimsIdentity : null;
    }

    private bool IsNow(DateTime? from, DateTime? to)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        return to is not null && now < to && (from is null || from <= now + s_skew);
    }
}
