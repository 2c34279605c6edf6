using System.Diagnostics;

namespace VodFunctions.Local.Tests.EndToEnd.Harness;

/// <summary>Bounded waits: for what seldom takes long, but may on a loaded machine.</summary>
internal static class Until
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    // An answer often costs the host and the storage a call: who waits for long asks more and more seldom.
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>How long anything may take at most.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(5);

    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? limit = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, limit);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? limit = null)
    {
        long began = Stopwatch.GetTimestamp();
        TimeSpan pause = s_pause;
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > (limit ?? Limit))
            {
                throw new TimeoutException($"Waited in vain: {what}");
            }

            await Task.Delay(pause);
            pause = TimeSpan.FromTicks(Math.Min((long)(pause.Ticks * 1.2), s_longestPause.Ticks));
        }
    }
}
