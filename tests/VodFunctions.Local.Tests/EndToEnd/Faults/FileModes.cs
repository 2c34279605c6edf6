namespace VodFunctions.Local.Tests.EndToEnd.Faults;

/// <summary>Who may open what tests put in the temp folder.</summary>
internal static class FileModes
{
    /// <summary>Everybody may read and run it: the sandbox may run FFmpeg as nobody.</summary>
    public static void MakePublic(this string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
                | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
    }
}
