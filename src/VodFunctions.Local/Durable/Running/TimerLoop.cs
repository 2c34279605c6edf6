using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Durable.Running;

/// <summary>Sleeps until the next timer is due and turns it into a message.</summary>
internal sealed class TimerLoop(WorkJournal journal, ReadyInstances ready, JournalRetry retry, TimeProvider clock)
{
    // Due times are the wall clock's, sleeping is not: somebody may set the clock, and a laptop's lid may be closed.
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromMinutes(1);

    private readonly Wake _wake = new();

    /// <summary>There is a new timer.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Runs until the host stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            Task woken = _wake.Reset();
            DateTimeOffset? due = await retry.RunAsync("The next timer", journal.NextDue, stopping);
            if (due is DateTimeOffset time && time <= clock.GetUtcNow())
            {
                foreach (long serial in await retry.RunAsync("A timer", () => journal.FireDue(clock.GetUtcNow()), stopping))
                {
                    ready.Add(serial);
                }
            }
            else
            {
                await SleepAsync(due, woken, stopping);
            }
        }
    }

    private async Task SleepAsync(DateTimeOffset? due, Task woken, CancellationToken stopping)
    {
        if (due is not DateTimeOffset time)
        {
            await woken.WaitAsync(stopping);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task sleep = Task.Delay(Rest(time), clock, ended.Token);

        // The clock may have moved on between the two lines above (a fake one does): then the delay is too long.
        if (time > clock.GetUtcNow())
        {
            await Task.WhenAny(sleep, woken);
        }

        await ended.CancelAsync();
        stopping.ThrowIfCancellationRequested();
    }

    // Rounded up: Task.Delay cuts to whole milliseconds, and would spin through the last part of one.
    private TimeSpan Rest(DateTimeOffset due)
    {
        TimeSpan rest = TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((due - clock.GetUtcNow()).TotalMilliseconds)));
        return rest < s_longestSleep ? rest : s_longestSleep;
    }
}
