namespace VodFunctions.FFmpeg.Processes;

/// <summary>Where the wrapper lies, ready to be executed: deployments by archive often lose the executable bit.</summary>
internal static class WrapperFolder
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly string[] s_names = ["ffmpeg", "ffprobe"];

    /// <summary>The folder beside this assembly, or a copy below the work folder where that one is read-only.</summary>
    public static string Prepare(string workRoot) =>
        Prepare(Path.Combine(AppContext.BaseDirectory, "sandbox"), workRoot);

    internal static string Prepare(string shipped, string workRoot)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The sandbox around FFmpeg needs a POSIX shell: Linux or macOS.");
        }

        if (s_names.All(name => TryMakeExecutable(Path.Combine(shipped, name))))
        {
            return shipped;
        }

        string copy = Path.Combine(workRoot, "sandbox");
        WorkFolders.CreatePrivate(copy);
        foreach (string name in s_names)
        {
            // Another process may be starting from it right now: replaced by a rename, never written into.
            string part = Path.Combine(copy, $"{name}.{Path.GetRandomFileName()}");
            File.Copy(Path.Combine(shipped, name), part);
            File.SetUnixFileMode(part, Executable);
            File.Move(part, Path.Combine(copy, name), overwrite: true);
        }

        return copy;
    }

    private static bool TryMakeExecutable(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        try
        {
            if ((File.GetUnixFileMode(path) & UnixFileMode.UserExecute) == 0)
            {
                File.SetUnixFileMode(path, Executable);
            }

            return true;
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException and not FileNotFoundException)
        {
            return false;
        }
    }
}
