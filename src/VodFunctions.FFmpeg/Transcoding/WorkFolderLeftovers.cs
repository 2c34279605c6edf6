using Microsoft.Extensions.Options;
using VodFunctions.Core.Settings;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Removes the work folders of runs that a killed process could not remove itself.</summary>
/// <param name="options">Where they are.</param>
public sealed class WorkFolderLeftovers(IOptions<VodOptions> options)
{
    /// <summary>Removes those whose process is gone; those of another live host on the same disk stay.</summary>
    /// <returns>How many there were.</returns>
    public int Remove()
    {
        var root = new DirectoryInfo(WorkFolders.RootOf(options.Value.Transcoding));
        return root.Exists ? Names(root).Count(Remove) : 0;
    }

    // Folders, and owners whose process was killed before it made the folder, or after it had removed it.
    private static IReadOnlyList<string> Names(DirectoryInfo root) =>
    [
        .. root.GetFileSystemInfos(WorkFolder.Prefix + "*").Select(entry =>
            entry is FileInfo && entry.Name.EndsWith(WorkFolder.OwnerSuffix, StringComparison.Ordinal)
                ? entry.FullName[..^WorkFolder.OwnerSuffix.Length]
                : entry.FullName).Distinct(StringComparer.Ordinal),
    ];

    private static bool Remove(string folder)
    {
        using FileStream? owner = OwnerLock.TryTakeOver(folder + WorkFolder.OwnerSuffix);
        if (owner is null || !Directory.Exists(folder))
        {
            return false;
        }

        Directory.Delete(folder, recursive: true);
        return true;
    }
}
