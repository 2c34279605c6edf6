using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace VodFunctions.WebPubSubEmulator.Tokens;

/// <summary>The key that clients' and servers' tokens are signed with. Never logged.</summary>
internal sealed class AccessKey(string text)
{
    /// <summary>A new key as text.</summary>
    public static string New() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>For HS256. The service signs with the UTF-8 bytes of the key as written, not with what its base64 means.</summary>
    public SymmetricSecurityKey SigningKey => new(Encoding.UTF8.GetBytes(text));

    /// <summary>What the official SDKs take.</summary>
    public string ConnectionString(Uri endpoint) =>
        $"Endpoint={endpoint.GetLeftPart(UriPartial.Authority)};AccessKey={text};Version=1.0;";
}
