namespace VodFunctions.Core.Uploads;

/// <summary>Which declared types get a ticket. What the file really is, ProbeSource decides on its bytes.</summary>
public static class VideoContentType
{
    private const int MaxLength = 255;

    /// <summary>Any <c>video/*</c>, and containers that some systems call an application (RFC 4337, RFC 4539).</summary>
    public static bool IsAllowed(string contentType)
    {
        string type = contentType.Split(';')[0].Trim();
        return contentType.Length <= MaxLength
            && !contentType.Any(char.IsControl)
            && ((type.StartsWith("video/", StringComparison.OrdinalIgnoreCase) && type.Length > "video/".Length)
                || type.Equals("application/mp4", StringComparison.OrdinalIgnoreCase)
                || type.Equals("application/mxf", StringComparison.OrdinalIgnoreCase)
                || type.Equals("application/x-matroska", StringComparison.OrdinalIgnoreCase));
    }
}
