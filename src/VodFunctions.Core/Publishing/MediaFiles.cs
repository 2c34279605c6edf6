namespace VodFunctions.Core.Publishing;

/// <summary>Names, content types and cache headers of what viewers fetch (RFC 8216 section 4; Apple rules 10.1, 8.18).</summary>
public static class MediaFiles
{
    /// <summary>The master playlist.</summary>
    public const string Master = "master.m3u8";

    /// <summary>A media playlist, in its rendition's folder.</summary>
    public const string MediaPlaylist = "index.m3u8";

    /// <summary>An I-frame playlist, in its rendition's folder (Apple rule 6.1).</summary>
    public const string IFramePlaylist = "iframes.m3u8";

    /// <summary>The initialization section, in its rendition's folder.</summary>
    public const string Init = "init.mp4";

    /// <summary>The first frame.</summary>
    public const string Poster = "poster.jpg";

    /// <summary>The cues of the sprite sheet.</summary>
    public const string StoryboardCues = "storyboard.vtt";

    /// <summary>The sprite sheet.</summary>
    public const string StoryboardSheet = "storyboard.jpg";

    /// <summary>The content type for a file name.</summary>
    /// <exception cref="ArgumentException">No file of this system has that extension.</exception>
    public static string ContentType(string path) => Path.GetExtension(path) switch
    {
        ".m3u8" => "application/vnd.apple.mpegurl",
        ".m4s" or ".mp4" => "video/mp4",
        ".ts" => "video/mp2t",
        ".jpg" => "image/jpeg",
        ".vtt" => "text/vtt",
        _ => throw new ArgumentException("Not a media file.", nameof(path)),
    };

    /// <summary>The Cache-Control for a file name: playlists briefly, everything else for ever (its name never changes meaning).</summary>
    public static string CacheControl(string path) =>
        path.EndsWith(".m3u8", StringComparison.Ordinal) ? "public, max-age=60" : "public, max-age=31536000, immutable";
}
