namespace VodFunctions.FFmpeg.Processes;

/// <summary>Why a run is being ended. The first reason counts, and kills.</summary>
internal sealed class RunEnding : IDisposable
{
    private readonly CancellationTokenSource _kill = new();
    private object? _reason;

    public enum Reason
    {
        Cancelled,
        TimedOut,
        OutputLimit,
    }

    public CancellationToken Kill => _kill.Token;

    /// <summary>Null while it runs and when it ended by itself.</summary>
    public Reason? Why => Volatile.Read(ref _reason) as Reason?;

    /// <summary>What the caller's own code threw.</summary>
    public Exception? Failure => Volatile.Read(ref _reason) as Exception;

    public void End(Reason reason) => EndWith(reason);

    public void End(Exception failure) => EndWith(failure);

    public void Dispose() => _kill.Dispose();

    private void EndWith(object reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            try
            {
                _kill.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // A timer that fired while the run ended by itself.
            }
        }
    }
}
