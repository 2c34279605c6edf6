namespace VodFunctions.FFmpeg.Processes;

/// <summary>Finds programs in a configured folder or on PATH.</summary>
internal static class ToolSearch
{
    private const UnixFileMode AnyExecute =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static string? Find(string name, string? configuredFolder) =>
        Find(name, configuredFolder is null ? Environment.GetEnvironmentVariable("PATH") ?? "" : configuredFolder, File.Exists);

    public static string MissingSentence(string? configuredFolder) => configuredFolder is null
        ? "FFmpeg is missing: install it (apt-get install ffmpeg, or brew install ffmpeg), or set Vod:Transcoding:FFmpegFolder "
            + "to the folder that holds ffmpeg and ffprobe."
        : "FFmpeg is missing: the folder set as Vod:Transcoding:FFmpegFolder does not hold the programs ffmpeg and ffprobe.";

    internal static string? Find(string name, string folders, Func<string, bool> exists) => folders
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        // A relative entry would depend on the current directory, into which others may write.
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(path => exists(path) && IsExecutable(path));

    private static bool IsExecutable(string path) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0;
}
