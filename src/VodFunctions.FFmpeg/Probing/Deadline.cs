using VodFunctions.Core.Probing;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>One limit for several runs.</summary>
/// <param name="time">The clock.</param>
/// <param name="limit">For all of them.</param>
internal sealed class Deadline(TimeProvider time, TimeSpan limit)
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>Runs work in this process under the limit.</summary>
    /// <exception cref="MediaTimedOutException">It takes longer.</exception>
    public async Task<T> HoldAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = new CancellationTokenSource(Left, time);
        using CancellationTokenRegistration ends = timer.Token.Register(limited.Cancel);
        try
        {
            return await work(limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MediaTimedOutException("Probing took longer than its limit.");
        }
    }

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
