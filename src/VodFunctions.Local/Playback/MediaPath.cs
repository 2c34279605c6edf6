using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using VodFunctions.Core.Videos;

namespace VodFunctions.Local.Playback;

/// <summary>The name of a published file: <c>{videoId}/{attempt}/...</c>. Anything else is never asked for in storage.</summary>
internal readonly partial record struct MediaPath
{
    /// <summary>The longest name that is looked at, in characters.</summary>
    public const int MaxLength = 256;

    private MediaPath(string blobName) => BlobName = blobName;

    /// <summary>The name in the <c>media</c> container.</summary>
    public string BlobName { get; }

    /// <summary>Whether it is text that is sent compressed to who takes that (Apple rule 10.1).</summary>
    public bool IsCompressible =>
        BlobName.EndsWith(".m3u8", StringComparison.Ordinal) || BlobName.EndsWith(".vtt", StringComparison.Ordinal);

    /// <summary>Takes the part of the request path after <c>/media/</c>, percent-decoded.</summary>
    public static bool TryParse([NotNullWhen(true)] string? path, out MediaPath result)
    {
        bool valid = path is { Length: <= MaxLength }
            && path.IndexOf('/', StringComparison.Ordinal) is var slash and > 0
            && VideoId.TryParse(path[..slash], out _)
            && Rest().IsMatch(path.AsSpan(slash));
        result = valid ? new(path!) : default;
        return valid;
    }

    // An attempt from 1, up to two folders, a file; no name begins with a dot, so there is no '.' and no '..'.
    [GeneratedRegex(@"\A/[1-9][0-9]{0,4}(/[A-Za-z0-9_-][A-Za-z0-9._-]*){1,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rest();
}
