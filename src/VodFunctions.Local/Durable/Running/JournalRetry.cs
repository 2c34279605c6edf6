namespace VodFunctions.Local.Durable.Running;

/// <summary>
/// Goes on when the journal cannot be used (a full disk, an unreadable one): what is owed stays owed, is logged and
/// tried
/// again, until it works or the host stops.
/// </summary>
internal sealed class JournalRetry(TimeProvider clock, ILogger<EmbeddedRunner> logger)
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    /// <summary>Does something, at least once, until it does not throw.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between two attempts.</exception>
    public async Task<T> RunAsync<T>(string what, Func<T> action, CancellationToken cancellationToken)
    {
        for (TimeSpan delay = s_first; ; delay = delay * 2 < s_longest ? delay * 2 : s_longest)
        {
            try
            {
                return action();
            }
            catch (Exception error) when (error is not ObjectDisposedException)
            {
                logger.JournalFailed(error, what, delay);
            }

            await Task.Delay(delay, clock, cancellationToken);
        }
    }
}
