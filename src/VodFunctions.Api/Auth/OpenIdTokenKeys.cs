using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using VodFunctions.Api.Settings;

namespace VodFunctions.Api.Auth;

/// <summary>
/// Follows the site's issuer (OpenID Connect Discovery 1.0): reads its keys once for all callers, again after a while or
/// when a token names an unknown key, and keeps the last good ones when the issuer does not answer. The library's own
/// ConfigurationManager renews in the background, so that the first tokens of a new key would be refused.
/// </summary>
internal sealed class OpenIdTokenKeys(IDocumentRetriever documents, IOptions<AuthOptions> options, TimeProvider time)
    : ITokenKeys, IDisposable
{
    internal static readonly TimeSpan RenewAfter = TimeSpan.FromHours(12);

    /// <summary>Made-up key names must not make us call the issuer for each request.</summary>
    internal static readonly TimeSpan NotAgainWithin = TimeSpan.FromSeconds(30);

    /// <summary>While the issuer does not answer, most callers are told at once instead of waiting in a row.</summary>
    internal static readonly TimeSpan FailureKeptFor = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1, 1);
    private Known? _known;
    private Exception? _failure;
    private DateTimeOffset _lastTry = DateTimeOffset.MinValue;

    public Task<TokenKeys> GetAsync(CancellationToken cancellationToken)
    {
        Known? known = Volatile.Read(ref _known);
        return known is not null && time.GetUtcNow() - known.ReadAt < RenewAfter
            ? Task.FromResult(known.Keys)
            : ReadAsync(cancellationToken);
    }

    public Task<TokenKeys> RefreshAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    public void Dispose() => _one.Dispose();

    private async Task<TokenKeys> ReadAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            if (_known is not null && now - _lastTry < NotAgainWithin)
            {
                return _known.Keys;
            }

            if (_failure is not null && now - _lastTry < FailureKeptFor)
            {
                throw _failure;
            }

            _lastTry = now;
            string address = options.Value.Authority.TrimEnd('/') + "/.well-known/openid-configuration";
            OpenIdConnectConfiguration found =
                await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, cancellationToken);
            // A symmetric key in a public document is no secret (RFC 8725 section 2.1).
            SecurityKey[] keys =
            [
                .. found.SigningKeys.Where(key => key is not SymmetricSecurityKey and not JsonWebKey { Kty: "oct" }),
            ];
            if (keys.Length == 0 || string.IsNullOrEmpty(found.Issuer))
            {
                throw new InvalidDataException("The issuer names no usable key.");
            }

            _failure = null;
            _known = new Known(new TokenKeys(found.Issuer, options.Value.Audience, keys), now);
            return _known.Keys;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            _failure = exception;
            return _known?.Keys ?? throw new TokenKeysUnavailableException(exception);
        }
        finally
        {
            _one.Release();
        }
    }

    private sealed record Known(TokenKeys Keys, DateTimeOffset ReadAt);
}
