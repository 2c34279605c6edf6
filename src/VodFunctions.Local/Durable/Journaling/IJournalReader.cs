using VodFunctions.Core.Orchestration;

namespace VodFunctions.Local.Durable.Journaling;

/// <summary>
/// Reads the journal, for consoles, benchmarks and tests. A snapshot: it may have moved on meanwhile.
/// </summary>
public interface IJournalReader
{
    /// <summary>All instances that are kept, in the order of their start.</summary>
    IReadOnlyList<JournalInstance> ListInstances();

    /// <summary>The history of one instance, in order; empty when the id is unknown.</summary>
    IReadOnlyList<JournalEvent> ReadHistory(string instanceId);
}

/// <summary>An instance as the journal knows it.</summary>
/// <param name="Id">The instance's id.</param>
/// <param name="Orchestration">Its orchestration's name.</param>
/// <param name="Status">How it stands.</param>
/// <param name="CreatedAt">When it was started.</param>
/// <param name="EndedAt">When it ended, if it did.</param>
/// <param name="Output">JSON, when it completed.</param>
/// <param name="Error">Why it failed, or the reason of its termination.</param>
/// <param name="PendingActivities">Activity runs that are owed.</param>
/// <param name="PendingTimers">Timers that are set.</param>
/// <param name="PendingMessages">Messages that no step has handled yet.</param>
/// <param name="NextTimerAt">When the first of its timers is due.</param>
public sealed record JournalInstance(
    string Id, string Orchestration, InstanceStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, string? Output,
    string? Error, int PendingActivities, int PendingTimers, int PendingMessages,
    DateTimeOffset? NextTimerAt);

/// <summary>Reads from the journal's own connection.</summary>
internal sealed class JournalReader(JournalDatabase database) : IJournalReader
{
    /// <inheritdoc />
    public IReadOnlyList<JournalInstance> ListInstances() => database.Read(connection => connection.Query(
        """
        SELECT id, orchestration, status, created, ended, output, error,
            (SELECT COUNT(*) FROM work WHERE instance = serial), (SELECT COUNT(*) FROM timers WHERE instance = serial),
            (SELECT COUNT(*) FROM inbox WHERE instance = serial), (SELECT MIN(due) FROM timers WHERE instance = serial)
        FROM instances ORDER BY serial
        """,
        reader => new JournalInstance(
            reader.GetString(0), reader.GetString(1), (InstanceStatus)reader.GetInt32(2), reader.Time(3), reader.MaybeTime(4),
            reader.Text(5), reader.Text(6), reader.GetInt32(7), reader.GetInt32(8), reader.GetInt32(9), reader.MaybeTime(10))));

    /// <inheritdoc />
    public IReadOnlyList<JournalEvent> ReadHistory(string instanceId) => database.Read(connection => connection.Query(
        """
        SELECT kind, at, number, name, payload, started FROM history
        WHERE instance = (SELECT serial FROM instances WHERE id = @1) ORDER BY position
        """,
        reader => reader.Event(0), instanceId));
}
