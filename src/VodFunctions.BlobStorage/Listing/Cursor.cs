using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace VodFunctions.BlobStorage.Listing;

/// <summary>
/// Where a page ended. Blob storage cannot list from a name on, only from a marker that it gave out with a page itself, so
/// both are kept: the marker of the storage's page, and the last entry of it that was looked at.
/// </summary>
/// <param name="Marker">The storage's marker; empty for its first page.</param>
/// <param name="LastEntry">The name below the prefix, without its extension; empty when no entry was looked at.</param>
internal sealed record Cursor(string Marker, string LastEntry)
{
    private const int MaxLength = 4096;
    private const char Separator = '\n';

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Cursor Start { get; } = new("", "");

    /// <summary>
    /// Reads a cursor that a client sent back. Nothing in it decides what is listed: the prefix is the caller's own, and a
    /// cursor of another listing is refused.
    /// </summary>
    /// <exception cref="FormatException">It is no cursor of this listing.</exception>
    public static Cursor Parse(string? text, string prefix)
    {
        if (text is null)
        {
            return Start;
        }

        if (text.Length is > 0 and <= MaxLength && TryDecode(text) is [var scope, var lastEntry, var marker]
            && scope == Scope(prefix) && (lastEntry.Length == 0 || IndexEntry.IsValid(lastEntry)) && marker.All(IsPrintable))
        {
            return new(marker, lastEntry);
        }

        throw new FormatException("Not a cursor of this listing.");
    }

    /// <summary>Opaque text, safe in a URL.</summary>
    public string ToText(string prefix) => Base64Url.EncodeToString(
        s_strict.GetBytes(string.Join(Separator, Scope(prefix), LastEntry, Marker)));

    // A control character would make a request that the storage refuses in its own way, or none at all.
    private static bool IsPrintable(char character) => character is > ' ' and < (char)0x7F;

    private static string[] TryDecode(string text)
    {
        try
        {
            return s_strict.GetString(Base64Url.DecodeFromChars(text)).Split(Separator);
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return [];
        }
    }

    private static string Scope(string prefix) =>
        Convert.ToHexStringLower(SHA256.HashData(s_strict.GetBytes(prefix)).AsSpan(0, 8));
}
