namespace VodFunctions.FFmpeg.Processes;

/// <summary>
/// Launches the sandbox wrapper: the only thing about running FFmpeg in which the hosts differ. Limits, time, output,
/// progress and errors are <see cref="MediaProcessRunner"/>'s.
/// </summary>
public interface IMediaProcessLauncher
{
    /// <summary>Launches the wrapper, drains both of its pipes and waits until it and all that it started have ended.</summary>
    /// <param name="launch">What to launch.</param>
    /// <param name="kill">
    /// Ends it: by closing its standard input or writing anything there, upon which the wrapper kills its process tree. The
    /// call still waits for the end and does not throw for it.
    /// </param>
    /// <returns>The wrapper's exit code, which is the program's, or 128 + n when signal n ended that.</returns>
    /// <exception cref="IOException">It could not be launched.</exception>
    Task<int> RunAsync(MediaLaunch launch, CancellationToken kill);
}

/// <summary>A launch of the wrapper.</summary>
/// <param name="Folder">Where the wrapper is, under the names <c>ffmpeg</c> and <c>ffprobe</c>.</param>
/// <param name="Tool">Under which of them to launch it.</param>
/// <param name="Arguments">The wrapper's own options, then the program's arguments.</param>
/// <param name="WorkFolder">The current directory.</param>
/// <param name="OnOutputLine">Gets each line of standard output. Does not throw.</param>
/// <param name="OnErrorLine">Gets each line of standard error. Does not throw.</param>
public sealed record MediaLaunch(
    string Folder, MediaTool Tool, IReadOnlyList<string> Arguments, string WorkFolder,
    Action<string> OnOutputLine, Action<string> OnErrorLine)
{
    /// <summary>The wrapper's path.</summary>
    public string Program => Path.Combine(Folder, Tool.FileName());
}

/// <summary>Names of programs.</summary>
public static class MediaToolNames
{
    /// <summary><c>ffmpeg</c> or <c>ffprobe</c>.</summary>
    public static string FileName(this MediaTool tool) => tool == MediaTool.FFmpeg ? "ffmpeg" : "ffprobe";
}
