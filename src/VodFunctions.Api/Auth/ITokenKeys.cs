using Microsoft.IdentityModel.Tokens;

namespace VodFunctions.Api.Auth;

/// <summary>
/// Whose tokens are believed. The API brings one that follows the site's issuer; a host that signs development tokens
/// registers its own before <c>AddVodApi</c>: see <see cref="LocalTokenKeys"/>.
/// </summary>
public interface ITokenKeys
{
    /// <summary>The keys as they are known now.</summary>
    /// <exception cref="TokenKeysUnavailableException">They have never been read, and cannot be read now.</exception>
    Task<TokenKeys> GetAsync(CancellationToken cancellationToken);

    /// <summary>A token named a key that is not among them: reads them again, unless that was done a moment ago.</summary>
    /// <returns>The keys as they are known then.</returns>
    Task<TokenKeys> RefreshAsync(CancellationToken cancellationToken);
}

/// <summary>What a token must name and be signed with.</summary>
/// <param name="Issuer">Its <c>iss</c>.</param>
/// <param name="Audience">Stands in its <c>aud</c>.</param>
/// <param name="Keys">One of these signed it. Either all symmetric or all asymmetric.</param>
public sealed record TokenKeys(string Issuer, string Audience, IReadOnlyCollection<SecurityKey> Keys)
{
    private static readonly string[] s_asymmetric =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly string[] s_symmetric = [SecurityAlgorithms.HmacSha256];

    /// <summary>
    /// The algorithms that fit the keys (RFC 8725 section 3.1): never <c>none</c>, and never an HMAC under a public key.
    /// </summary>
    public IReadOnlyList<string> Algorithms => Keys.All(key => key is SymmetricSecurityKey) ? s_symmetric : s_asymmetric;
}

/// <summary>The issuer does not answer, so no token can be judged.</summary>
/// <param name="inner">Why.</param>
public sealed class TokenKeysUnavailableException(Exception inner)
    : Exception("The issuer's keys cannot be read.", inner);

/// <summary>Keys that the host holds itself, for development tokens.</summary>
/// <param name="issuer">The tokens' <c>iss</c>.</param>
/// <param name="audience">The tokens' <c>aud</c>.</param>
/// <param name="key">Signed them.</param>
public sealed class LocalTokenKeys(string issuer, string audience, SecurityKey key) : ITokenKeys
{
    private readonly TokenKeys _keys = new(issuer, audience, [key]);

    /// <inheritdoc />
    public Task<TokenKeys> GetAsync(CancellationToken cancellationToken) => Task.FromResult(_keys);

    /// <inheritdoc />
    public Task<TokenKeys> RefreshAsync(CancellationToken cancellationToken) => Task.FromResult(_keys);
}
