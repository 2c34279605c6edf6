using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using VodFunctions.Api.Auth;

namespace VodFunctions.Api.Tests.Support;

/// <summary>Signs tokens as the site's issuer would.</summary>
internal sealed class TestTokens(TimeProvider time)
{
    public const string Issuer = "https://site.test";
    public const string Audience = "vod";

    // Making one takes a while, and each test has a host of its own.
    private static readonly RsaSecurityKey s_key = NewKey("key-1");

    public static RsaSecurityKey Key => s_key;

    public static ITokenKeys Keys => new LocalTokenKeys(Issuer, Audience, Key);

    public static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };

    public string For(string user, params string[] roles) => Create(claims => claims["roles"] = roles, user);

    public string Create(
        Action<Dictionary<string, object>>? change = null, string? user = "owner", SecurityKey? key = null,
        string algorithm = SecurityAlgorithms.RsaSha256, string issuer = Issuer, string audience = Audience,
        TimeSpan? startsIn = null, TimeSpan? endsIn = null, string? type = null)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>();
        if (user is not null)
        {
            claims["sub"] = user;
        }

        change?.Invoke(claims);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Claims = claims,
            NotBefore = now + (startsIn ?? TimeSpan.Zero),
            Expires = now + (endsIn ?? TimeSpan.FromMinutes(10)),
            SigningCredentials = new SigningCredentials(key ?? Key, algorithm),
            TokenType = type ?? "JWT",
        });
    }
}
