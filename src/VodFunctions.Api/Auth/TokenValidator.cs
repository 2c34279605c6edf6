using System.Security.Claims;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using VodFunctions.Api.Settings;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Videos;

namespace VodFunctions.Api.Auth;

/// <summary>
/// Judges bearer tokens (RFC 7519, with the advice of RFC 8725): signature, algorithm, issuer, audience, lifetime, kind and
/// subject. A token never reaches a log.
/// </summary>
public sealed class TokenValidator(
    ITokenKeys keys, IOptions<AuthOptions> options, TimeProvider time, ILogger<TokenValidator> logger)
{
    /// <summary>The role that may upload.</summary>
    public const string UploaderRole = "uploader";

    /// <summary>The role that may requeue, and delete what others own.</summary>
    public const string AdminRole = "admin";

    private const int MaxTokenBytes = 16 * 1024;
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new()
    {
        MaximumTokenSizeInBytes = MaxTokenBytes,
        MapInboundClaims = false,
    };

    /// <summary>Judges a token.</summary>
    /// <param name="token">As sent, without <c>Bearer</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Who calls, or null when the token is not to be believed.</returns>
    /// <exception cref="TokenKeysUnavailableException">No token can be judged now.</exception>
    public async Task<Caller?> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        TokenValidationResult result = await CheckAsync(token, await keys.GetAsync(cancellationToken));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The issuer may have changed its keys.
            result = await CheckAsync(token, await keys.RefreshAsync(cancellationToken));
        }

        if (!result.IsValid)
        {
            // The kind of fault only: messages may quote the token.
            logger.TokenRefused(result.Exception?.GetType().Name ?? "unknown");
            return null;
        }

        var read = (JsonWebToken)result.SecurityToken;
        string[] roles =
        [
            .. read.Claims
                .Where(claim => claim.Type == options.Value.RoleClaim && claim.ValueType == ClaimValueTypes.String)
                .Select(claim => claim.Value),
        ];
        return UserId.TryParse(read.Subject, null, out UserId user)
            ? new Caller(user, roles.Contains(UploaderRole), roles.Contains(AdminRole)) { Name = NameOf(read) }
            : null;
    }

    private string? NameOf(JsonWebToken token) => PublicName.Clean(token.Claims
        .FirstOrDefault(claim => claim.Type == options.Value.NameClaim && claim.ValueType == ClaimValueTypes.String)?.Value);

    private Task<TokenValidationResult> CheckAsync(string token, TokenKeys trusted) =>
        _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = trusted.Issuer,
            ValidAudience = trusted.Audience,
            IssuerSigningKeys = trusted.Keys,
            ValidAlgorithms = trusted.Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
            TypeValidator = (type, _, _) => IsAccessToken(type)
                ? type
                : throw new SecurityTokenInvalidTypeException("Not an access token."),
        });

    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        // The skew is put on our own time: a token's may be the last that there is.
        return expires is not null && now - s_clockSkew < expires && (notBefore is null || now + s_clockSkew >= notBefore);
    }

    // RFC 8725 section 3.11: an issuer signs other things with the same keys (logout tokens, proofs).
    private static bool IsAccessToken(string? type) =>
        string.IsNullOrEmpty(type)
        || type.Equals("JWT", StringComparison.OrdinalIgnoreCase)
        || type.Equals("at+jwt", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/at+jwt", StringComparison.OrdinalIgnoreCase);
}
