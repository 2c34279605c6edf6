using System.Buffers;

namespace VodFunctions.BlobStorage.Listing;

/// <summary>An entry of an index that is listed newest first: <c>{prefix}{newestFirstKey}-{id}.json</c>.</summary>
/// <param name="Name">The blob's whole name.</param>
/// <param name="Entry"><c>{newestFirstKey}-{id}</c>.</param>
internal sealed record IndexEntry(string Name, string Entry)
{
    private const string Extension = ".json";
    private const int MaxLength = 100;

    private static readonly SearchValues<char> s_allowed = SearchValues.Create("0123456789abcdef-");

    /// <summary>Names the content that stood there when it was listed.</summary>
    public Azure.ETag? ETag { get; init; }

    /// <summary>What the entry is about.</summary>
    public string Id => Entry[(NewestFirstKey.Length + 1)..];

    /// <summary>Names an entry.</summary>
    /// <param name="prefix">The index, with its last slash.</param>
    /// <param name="at">What it is sorted by.</param>
    /// <param name="id">A checked id: lower-case hexadecimal digits and dashes.</param>
    public static string NameOf(string prefix, DateTimeOffset at, string id) =>
        $"{prefix}{NewestFirstKey.From(at)}-{id}{Extension}";

    /// <summary>Reads a listed name; null for a blob that is no entry of the index.</summary>
    public static IndexEntry? TryParse(string prefix, string name)
    {
        if (!name.StartsWith(prefix, StringComparison.Ordinal) || !name.EndsWith(Extension, StringComparison.Ordinal)
            || name.Length < prefix.Length + Extension.Length)
        {
            return null;
        }

        string entry = name[prefix.Length..^Extension.Length];
        return IsValid(entry) ? new(name, entry) : null;
    }

    public static bool IsValid(string entry) =>
        entry.Length is > NewestFirstKey.Length + 1 and <= MaxLength && !entry.AsSpan().ContainsAnyExcept(s_allowed)
        && NewestFirstKey.TryParse(entry.AsSpan(0, NewestFirstKey.Length), out _) && entry[NewestFirstKey.Length] == '-';
}
