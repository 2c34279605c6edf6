using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using VodFunctions.Api.Settings;

namespace VodFunctions.Api.Auth;

/// <summary>
/// Follows the site's issuer (OpenID Connect Discovery 1.0): reads its keys once for all callers, again after a while or
/// when a token names an unknown key, and keeps the last good ones when the issuer does not answer. A reading belongs to no
/// caller: one that hangs up ends it for nobody, and while there are good keys only a token of an unknown key waits for it.
/// The library's own ConfigurationManager renews in the background, so that the first tokens of a new key would be refused.
/// </summary>
internal sealed class OpenIdTokenKeys(IDocumentRetriever documents, IOptions<AuthOptions> options, TimeProvider time)
    : ITokenKeys
{
    internal static readonly TimeSpan RenewAfter = TimeSpan.FromHours(12);

    /// <summary>Made-up key names must not make us call the issuer for each request.</summary>
    internal static readonly TimeSpan NotAgainWithin = TimeSpan.FromSeconds(30);

    /// <summary>While the issuer does not answer, most callers are told at once instead of waiting in a row.</summary>
    internal static readonly TimeSpan FailureKeptFor = TimeSpan.FromSeconds(5);

    /// <summary>A reading that has not ended by then has failed, whatever the issuer does.</summary>
    internal static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private volatile Known? _known;
    private Task<TokenKeys>? _reading;
    private Exception? _failure;

    // Timestamps, as a clock that is set back would make keys look young for ever.
    private long _endedAt;

    public async Task<TokenKeys> GetAsync(CancellationToken cancellationToken)
    {
        Known? known = _known;
        if (known is null)
        {
            return await ReadAsync().WaitAsync(cancellationToken);
        }

        if (time.GetElapsedTime(known.ReadAt) >= RenewAfter)
        {
            Task<TokenKeys> renewal = ReadAsync();
            return renewal.IsCompletedSuccessfully ? await renewal : known.Keys;
        }

        return known.Keys;
    }

    public Task<TokenKeys> RefreshAsync(CancellationToken cancellationToken) => ReadAsync().WaitAsync(cancellationToken);

    private Task<TokenKeys> ReadAsync()
    {
        lock (_lock)
        {
            if (_reading is { IsCompleted: false } underWay)
            {
                return underWay;
            }

            bool isRecent = _reading is not null
                && time.GetElapsedTime(_endedAt) < (_failure is null ? NotAgainWithin : FailureKeptFor);
            return !isRecent ? _reading = ReadNowAsync()
                : _known is { } known ? Task.FromResult(known.Keys)
                : Task.FromException<TokenKeys>(new TokenKeysUnavailableException(_failure!));
        }
    }

    private async Task<TokenKeys> ReadNowAsync()
    {
        using var limit = new CancellationTokenSource(ReadLimit, time);
        try
        {
            TokenKeys keys = await AskAsync(limit.Token).WaitAsync(limit.Token);
            _known = new Known(keys, time.GetTimestamp());
            _failure = null;
            return keys;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _failure = exception;
            return _known?.Keys ?? throw new TokenKeysUnavailableException(exception);
        }
        finally
        {
            _endedAt = time.GetTimestamp();
        }
    }

    private async Task<TokenKeys> AskAsync(CancellationToken cancellationToken)
    {
        string address = options.Value.Authority.TrimEnd('/') + "/.well-known/openid-configuration";
        OpenIdConnectConfiguration found =
            await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, cancellationToken);
        // A symmetric key in a public document is no secret (RFC 8725 section 2.1).
        SecurityKey[] keys =
        [
            .. found.SigningKeys.Where(key => key is not SymmetricSecurityKey and not JsonWebKey { Kty: "oct" }),
        ];
        return keys.Length > 0 && !string.IsNullOrEmpty(found.Issuer)
            ? new TokenKeys(found.Issuer, options.Value.Audience, keys)
            : throw new InvalidDataException("The issuer names no usable key.");
    }

    private sealed record Known(TokenKeys Keys, long ReadAt);
}
