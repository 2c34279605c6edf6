namespace VodFunctions.Core.Uploads;

/// <summary>Which declared types get a ticket. What the file really is, ProbeSource decides on its bytes.</summary>
public static class VideoContentType
{
    private const int MaxLength = 255;
    private const string AnyVideo = "video/*";

    /// <summary>Any <c>video/*</c>, and containers that some systems call an application (RFC 4337, RFC 4539).</summary>
    public static IReadOnlyList<string> Allowed { get; } =
        [AnyVideo, "application/mp4", "application/mxf", "application/x-matroska"];

    /// <summary>Extensions of the containers that the probe knows, those of camcorders, action and 360-degree cameras too.</summary>
    public static IReadOnlyList<string> Extensions { get; } =
    [
        ".3g2", ".3gp", ".asf", ".avi", ".divx", ".f4v", ".flv", ".insv", ".lrv", ".m2t", ".m2ts", ".m4v", ".mkv", ".mod", ".mov",
        ".mp4", ".mpe", ".mpeg", ".mpg", ".mts", ".mxf", ".ogg", ".ogv", ".qt", ".tod", ".trp", ".ts", ".vob", ".webm", ".wmv",
    ];

    /// <summary>Whether it is one of <see cref="Allowed"/>.</summary>
    public static bool IsAllowed(string contentType)
    {
        string type = contentType.Split(';')[0].Trim();
        const string video = "video/";
        return contentType.Length <= MaxLength
            && !contentType.Any(char.IsControl)
            && ((type.StartsWith(video, StringComparison.OrdinalIgnoreCase) && type.Length > video.Length && type != AnyVideo)
                || Allowed.Skip(1).Contains(type, StringComparer.OrdinalIgnoreCase));
    }
}
