using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using VodFunctions.Core.Json;

namespace VodFunctions.Core.Videos;

/// <summary>
/// Names a person: the <c>sub</c> claim of the site's token (RFC 7519 section 4.1.2), 1 to 255 characters, no control
/// characters. It is never used as a path: blob names take <see cref="ToPathSegment"/>.
/// </summary>
[JsonConverter(typeof(ParsableJsonConverter<UserId>))]
public readonly record struct UserId : IParsable<UserId>
{
    /// <summary>The longest id that is taken, in characters.</summary>
    public const int MaxLength = 255;

    /// <summary>Stands in a tombstone in place of who the video's owner was.</summary>
    public static UserId Nobody { get; } = new("(nobody)");

    private readonly string? _value;

    private UserId(string value) => _value = value;

    /// <summary>Parses a subject.</summary>
    /// <exception cref="FormatException">It is empty, too long, or holds a control character.</exception>
    public static UserId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out UserId id) ? id : throw new FormatException("Not a user id.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out UserId result)
    {
        bool valid = s is { Length: > 0 and <= MaxLength } && !string.IsNullOrWhiteSpace(s) && !s.Any(char.IsControl);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <summary>The same length and alphabet for every id: SHA-256, 64 lower-case hexadecimal digits.</summary>
    public string ToPathSegment() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToString())));

    /// <summary>The subject as the token spells it.</summary>
    public override string ToString() => _value ?? throw new InvalidOperationException("An empty user id.");
}
