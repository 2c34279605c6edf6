using System.Security.Cryptography;
using System.Text;

namespace VodFunctions.Core.Videos;

/// <summary>
/// What strangers see of a user: the name that the site gave, else a pseudonym that is the same in every post. Never the
/// id, which is often an e-mail address, and by which other systems know the person. Pure.
/// </summary>
public static class PublicName
{
    /// <summary>The longest name that is taken, in UTF-16 units.</summary>
    public const int MaxLength = 80;

    private const int PseudonymDigits = 10;

    /// <summary>A name claim as it is shown: trimmed, and null when it is empty, too long or holds a control character.</summary>
    public static string? Clean(string? claim)
    {
        string name = claim?.Trim() ?? "";
        return name.Length is > 0 and <= MaxLength && !name.Any(char.IsControl) ? name : null;
    }

    /// <summary>
    /// Makes the pseudonym of a user: HMAC-SHA256 (RFC 2104) of the id, cut to 40 bits. Ids can be guessed, so a hash without
    /// a key would tell whoever has an address in mind whether a post is theirs.
    /// </summary>
    /// <param name="user">Who it is.</param>
    /// <param name="key">The deployment's; without it nobody can compute a pseudonym.</param>
    public static string Pseudonym(UserId user, ReadOnlySpan<byte> key) => "user-" + Convert.ToHexStringLower(
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"pseudonym of {user}")))[..PseudonymDigits];
}
