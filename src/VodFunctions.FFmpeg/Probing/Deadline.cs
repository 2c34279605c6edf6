namespace VodFunctions.FFmpeg.Probing;

/// <summary>One limit for several runs.</summary>
/// <param name="time">The clock.</param>
/// <param name="limit">For all of them.</param>
internal sealed class Deadline(TimeProvider time, TimeSpan limit)
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>What is left, at least a moment.</summary>
    public TimeSpan Left
    {
        get
        {
            TimeSpan left = limit - time.GetElapsedTime(_began);
            return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
        }
    }
}
