using Microsoft.Extensions.Options;
using VodFunctions.Core.Settings;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Removes the work folders of runs that a killed host could not remove itself.</summary>
/// <param name="options">Where they are.</param>
public sealed class WorkFolderLeftovers(IOptions<VodOptions> options)
{
    /// <summary>Removes them all. To be called when a host starts, before its first run.</summary>
    /// <returns>How many there were.</returns>
    public int Remove()
    {
        var root = new DirectoryInfo(WorkFolders.RootOf(options.Value.Transcoding));
        DirectoryInfo[] folders = root.Exists ? root.GetDirectories(WorkFolder.Prefix + "*") : [];
        foreach (DirectoryInfo folder in folders)
        {
            folder.Delete(recursive: true);
        }

        return folders.Length;
    }
}
