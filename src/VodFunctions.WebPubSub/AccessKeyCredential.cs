using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace VodFunctions.WebPubSub;

/// <summary>
/// Signs JSON Web Tokens with the access key (HS256). A call's audience is its URL, a client's the client endpoint of its
/// hub. The service signs with the UTF-8 bytes of the key as written, not with what its base64 means.
/// </summary>
internal sealed class AccessKeyCredential(string accessKey, TimeProvider time) : ServiceCredential
{
    private static readonly TimeSpan s_callLifetime = TimeSpan.FromMinutes(5);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _signing =
        new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(accessKey)), SecurityAlgorithms.HmacSha256);

    public override ValueTask<string> GetBearerTokenAsync(Uri url, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Sign(url, s_callLifetime, []));

    public override string SignClientToken(Uri audience, string userId, TimeSpan lifetime) =>
        Sign(audience, lifetime, new() { ["sub"] = userId });

    private string Sign(Uri audience, TimeSpan lifetime, Dictionary<string, object> claims)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Audience = audience.AbsoluteUri,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            Claims = claims,
            SigningCredentials = _signing,
        });
    }
}
