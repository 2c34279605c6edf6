using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage.Uploads;

/// <summary>Names of the <c>uploads</c> container.</summary>
internal static class UploadBlobs
{
    private const string Suffix = "/source";

    public static string NameOf(VideoId videoId) => videoId + Suffix;

    /// <summary>Reads a listed name; anything but <c>{videoId}/source</c> is none of ours.</summary>
    public static bool TryParse(string name, out VideoId videoId)
    {
        videoId = default;
        return name.EndsWith(Suffix, StringComparison.Ordinal) && VideoId.TryParse(name[..^Suffix.Length], out videoId);
    }
}
