namespace VodFunctions.FFmpeg.Processes;

/// <summary>Runs ffmpeg or ffprobe in the sandbox: the wrapper clears the environment, sets the limits, cuts the network.</summary>
public interface IMediaProcessRunner
{
    /// <summary>
    /// Runs to the end. Both pipes are drained; on cancellation, at the wall time and past the output limit the whole
    /// process tree is killed, and the call returns only when it is gone.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; the process tree is gone.</exception>
    Task<MediaProcessResult> RunAsync(MediaProcessStart start, CancellationToken cancellationToken);
}

/// <summary>Which program.</summary>
public enum MediaTool
{
    /// <summary>ffmpeg.</summary>
    FFmpeg,

    /// <summary>ffprobe.</summary>
    FFprobe,
}

/// <summary>What to run.</summary>
public sealed record MediaProcessStart
{
    /// <summary>Which program.</summary>
    public required MediaTool Tool { get; init; }

    /// <summary>Its arguments as a list, never a shell string.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Its current directory and the only folder it may write; relative output names land there.</summary>
    public required string WorkFolder { get; init; }

    /// <summary>Killed after that.</summary>
    public required TimeSpan WallTime { get; init; }

    /// <summary>Killed when <see cref="WorkFolder"/> holds more than that, in bytes; none for a run that writes no files.</summary>
    public long? MaxWorkBytes { get; init; }

    /// <summary>Stopped after that much processor time; no limit when null.</summary>
    public TimeSpan? MaxCpuTime { get; init; }

    /// <summary>Gets each line of standard output as it comes.</summary>
    public Action<string>? OnOutputLine { get; init; }
}

/// <summary>How a run ended.</summary>
public enum MediaProcessEnd
{
    /// <summary>By itself; see the exit code.</summary>
    Exited,

    /// <summary>Killed at its wall time.</summary>
    TimedOut,

    /// <summary>Killed because it wrote too much.</summary>
    OutputLimit,

    /// <summary>Stopped because it used too much processor time.</summary>
    CpuLimit,
}

/// <summary>How a run ended.</summary>
/// <param name="End">By itself or killed.</param>
/// <param name="ExitCode">128 + n when it died of signal n.</param>
/// <param name="ErrorTail">The last lines of standard error, at most 4,000 characters.</param>
public sealed record MediaProcessResult(MediaProcessEnd End, int ExitCode, string ErrorTail)
{
    /// <summary>Whether FFmpeg refused any picture for its size; it may have gone on without it.</summary>
    public bool RefusedPicture { get; init; }

    /// <summary>Exited with 0.</summary>
    public bool Succeeded => End == MediaProcessEnd.Exited && ExitCode == 0;
}
