using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using VodFunctions.Core.Videos;
using VodFunctions.Local.Hosting;
using VodFunctions.Local.Keys;

namespace VodFunctions.Local.Tokens;

/// <summary>
/// Stands in for the site's issuer on one machine: signs bearer tokens (RFC 7519, RS256) with a key of this data folder.
/// </summary>
public sealed class DevelopmentTokens : IDisposable
{
    /// <summary>The <c>iss</c> of every token.</summary>
    public const string Issuer = "urn:vodfunctions:development";

    /// <summary>The <c>aud</c> of every token.</summary>
    public const string Audience = "vodfunctions";

    private const int KeyBits = 2048;

    private readonly RSA _rsa;
    private readonly TimeProvider _time;
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Reads this data folder's key, or makes one.</summary>
    public DevelopmentTokens(DataFolder folder, TimeProvider time)
    {
        _time = time;
        _rsa = RSA.Create();
        _rsa.ImportFromPem(KeyFile.LoadOrCreate(folder.File("development-token.key"), NewKey));
        byte[] publicKey = _rsa.ExportSubjectPublicKeyInfo();
        SigningKey = new RsaSecurityKey(_rsa) { KeyId = Convert.ToHexStringLower(SHA256.HashData(publicKey))[..16] };
    }

    /// <summary>How long a token is valid.</summary>
    /// <value>8 hours</value>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(8);

    /// <summary>Checks the signatures of these tokens. Holds the private key too: never serialized.</summary>
    public SecurityKey SigningKey { get; }

    /// <summary>The public half, as the issuer's key set shows it (RFC 7517).</summary>
    public JsonWebKey PublicKey
    {
        get
        {
            using RSA copy = RSA.Create(_rsa.ExportParameters(includePrivateParameters: false));
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(copy) { KeyId = SigningKey.KeyId });
            (key.Use, key.Alg) = ("sig", SecurityAlgorithms.RsaSha256);
            return key;
        }
    }

    /// <summary>Signs a token. A secret: never logged.</summary>
    /// <param name="user">The <c>sub</c>.</param>
    /// <param name="roles">The <c>roles</c>: <c>uploader</c>, <c>admin</c>, both or none.</param>
    public string Issue(UserId user, IEnumerable<string> roles)
    {
        DateTime now = _time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = user.ToString(),
                ["name"] = user.ToString(),
                ["roles"] = roles.ToArray(),
            },
            SigningCredentials = new SigningCredentials(SigningKey, SecurityAlgorithms.RsaSha256),
        });
    }

    /// <inheritdoc />
    public void Dispose() => _rsa.Dispose();

    private static string NewKey()
    {
        using RSA rsa = RSA.Create(KeyBits);
        return rsa.ExportPkcs8PrivateKeyPem();
    }
}
