using System.Buffers;

namespace VodFunctions.BlobStorage.Documents;

/// <summary>Checks names that other parts choose, so that none of them leaves its folder.</summary>
internal static class BlobPath
{
    private const int MaxLength = 200;

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    /// <summary>The path itself: parts of letters, digits, <c>-_.</c> between slashes, none of dots alone.</summary>
    /// <exception cref="ArgumentException">It is anything else.</exception>
    public static string Check(string path)
    {
        bool valid = path is { Length: > 0 and <= MaxLength } && path.Split('/').All(IsPart);
        return valid ? path : throw new ArgumentException("Not a name below a folder.", nameof(path));
    }

    private static bool IsPart(string part) =>
        part.Length > 0 && !part.AsSpan().ContainsAnyExcept(s_allowed) && part.AsSpan().ContainsAnyExcept('.');
}
