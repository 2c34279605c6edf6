using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Probing;

/// <summary>FFmpeg or ffprobe could not do its work. Worth a retry; when all have failed, the code becomes the job's.</summary>
/// <param name="code">What the job ends with.</param>
/// <param name="message">A short technical sentence.</param>
public class MediaToolException(JobErrorCode code, string message) : Exception(message)
{
    /// <summary>What the job ends with when all retries have failed.</summary>
    public JobErrorCode Code { get; } = code;
}

/// <summary>FFmpeg crashed or gave up: <see cref="JobErrorCode.EncodeFailed"/>.</summary>
/// <param name="message">A short technical sentence.</param>
/// <param name="reached">How much of the work was done by then, 0 to 1; null when nobody knows.</param>
public sealed class EncodeFailedException(string message, double? reached = null)
    : MediaToolException(JobErrorCode.EncodeFailed, message)
{
    /// <summary>How much of the work was done by then, 0 to 1; null when nobody knows.</summary>
    public double? Reached => reached;
}

/// <summary>A run took longer than its limit: <see cref="JobErrorCode.TimedOut"/>. Not retried: it would again.</summary>
/// <param name="message">A short technical sentence.</param>
public sealed class MediaTimedOutException(string message) : MediaToolException(JobErrorCode.TimedOut, message);
