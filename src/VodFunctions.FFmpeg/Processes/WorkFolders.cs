using VodFunctions.Core.Settings;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>Where FFmpeg works and copies are kept: for this user's eyes only.</summary>
public static class WorkFolders
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The setting, or a folder of this user below the system's temp folder.</summary>
    public static string RootOf(TranscodingOptions options) => Path.GetFullPath(
        options.WorkFolder ?? Path.Combine(Path.GetTempPath(), $"vodfunctions-{Environment.UserName}"));

    /// <summary>Creates a folder, and those above it, for this user alone.</summary>
    /// <exception cref="IOException">It is there already and others may write into it.</exception>
    public static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, Private);
        if ((File.GetUnixFileMode(folder) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
        {
            // The temp folder is everybody's: somebody else may have been there first.
            throw new IOException("A work folder can be written by other users of this machine; remove it, or set another.");
        }
    }
}
