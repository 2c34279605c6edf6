using System.Security.Cryptography;
using System.Text;
using VodFunctions.Core.Videos;

namespace VodFunctions.FFmpeg.Sources;

/// <summary>A local copy, whole or under way. Changed only under its cache's lock.</summary>
internal sealed class SourceCopy
{
    /// <param name="path">Where it is once whole.</param>
    public SourceCopy(string path) => Path = path;

    public string Path { get; }

    /// <summary>Ends when the copy is whole; fails when the download does.</summary>
    public required Task Ready { get; set; }

    /// <summary>Nobody waits for the download any more; what it still brings is thrown away.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Its video is deleted: it goes when its last holder lets go.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>Cancelled when nobody waits for the download any more.</summary>
    public CancellationTokenSource Abandoned { get; } = new();

    /// <summary>Bytes that it takes of the cache's room.</summary>
    public long SizeBytes { get; set; }

    /// <summary>Those who read it or wait for it.</summary>
    public int Holders { get; set; }

    /// <summary>When its last holder let go.</summary>
    public DateTimeOffset LastUsed { get; set; }

    /// <summary>Whether it is on the disk under its name.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Whether a file name is of a copy of that video.</summary>
    public static bool IsOf(string name, VideoId videoId) => name.StartsWith($"{videoId}-", StringComparison.Ordinal);

    /// <summary>
    /// A file name for that content. ETags may hold any character, so a hash stands for it; video ids are safe.
    /// </summary>
    public static string NameOf(VideoId videoId, string etag) =>
        $"{videoId}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(etag)))[..32]}";
}
