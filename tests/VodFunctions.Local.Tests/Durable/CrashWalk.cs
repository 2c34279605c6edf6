using VodFunctions.Local.Durable.Journaling;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Local.Tests.Durable;

/// <summary>
/// Drives one instance to its end through any number of kills: starts it, raises its events, moves the clock, and after
/// a kill goes on with
/// a new runner on what the dead one left on disk. Checks on the way that no completed activity runs again.
/// </summary>
internal sealed class CrashWalk(TestFolder folder, Func<FakeTimeProvider, Func<bool>, DurableSetup> setup, string[] events)
{
    private readonly FakeTimeProvider _clock = new();
    private readonly HashSet<string> _done = [];
    private string _underWay = "";

    /// <summary>Where it was killed.</summary>
    public List<string> Kills { get; } = [];

    /// <summary>Runs to the end.</summary>
    /// <param name="moments">For each life, after how many passed moments it is killed.</param>
    /// <returns>The end.</returns>
    public async Task<JournalInstance> RunAsync(params IEnumerable<int> moments)
    {
        string path = folder.Sub(Guid.NewGuid().ToString("N"));
        foreach (int moment in moments.Append(int.MaxValue))
        {
            string next = folder.Sub(Guid.NewGuid().ToString("N"));
            var faults = new CrashingFaults(path, next, moment);
            if (await LiveAsync(path, faults) is { } ended)
            {
                return ended;
            }

            Kills.Add(faults.Where);
            path = next;
        }

        throw new InvalidOperationException("The last life is never killed.");
    }

    private async Task<JournalInstance?> LiveAsync(string path, CrashingFaults faults)
    {
        DurableSetup life = setup(_clock, () => faults.IsDead);
        (life.Clock, life.Faults) = (_clock, faults);
        await using DurableHost host = DurableHost.Open(path, life);
        HashSet<int> completed = Completed(host);
        await host.StartAsync();

        JournalInstance? ended = null;
        try
        {
            await ClientAsync(host);
            await Eventually.TrueAsync(() => faults.IsDead || Ended(host, out ended), $"an end after {string.Join(", ", Kills)}");
        }
        catch (KilledException)
        {
            // A call of the client was under way: after the commit it has happened all the same.
            if (faults.Where == $"after {_underWay.Split(' ')[0]}")
            {
                _done.Add(_underWay);
            }
        }

        int[] again = [.. host.Logs.Entries.Where(entry => entry.Id == 7120).Select(entry => (int)entry.Values["Number"]!).Where(completed.Contains)];
        Assert.True(again.Length == 0, $"Ran again: {string.Join(", ", again)} after {string.Join(", ", Kills)}");
        return faults.IsDead ? null : ended;
    }

    // Each call is made until it has happened, and never again: so a lost one is found out.
    private async Task ClientAsync(DurableHost host)
    {
        await OnceAsync("start", () => host.StartInstanceAsync("Walk"));
        for (int index = 0; index < events.Length; index++)
        {
            string name = events[index];
            await OnceAsync($"raise {index}", () => host.RaiseAsync(name));
        }
    }

    private async Task OnceAsync(string what, Func<Task> call)
    {
        if (!_done.Contains(what))
        {
            _underWay = what;
            await call();
            _done.Add(what);
        }
    }

    private bool Ended(DurableHost host, out JournalInstance? ended)
    {
        if (_clock.NextDue is DateTimeOffset due)
        {
            _clock.AdvanceTo(due);
        }

        ended = host.Instance();
        return ended?.EndedAt is not null;
    }

    // Scheduled and owed no more: its result is in the journal.
    private static HashSet<int> Completed(DurableHost host) => host.Database.Read(connection => connection.Query(
        """
        SELECT number FROM history WHERE kind = @1
        AND NOT EXISTS (SELECT 1 FROM work WHERE work.instance = history.instance AND work.number = history.number)
        """,
        reader => reader.GetInt32(0), (int)JournalEventKind.ActivityScheduled)).ToHashSet();
}
