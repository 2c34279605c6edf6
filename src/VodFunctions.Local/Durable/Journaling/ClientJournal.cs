using Microsoft.Data.Sqlite;
using VodFunctions.Core.Orchestration;

namespace VodFunctions.Local.Durable.Journaling;

/// <summary>
/// What clients write: starts, events, ends from outside, purges. A serial as result is the instance to wake.
/// </summary>
internal sealed class ClientJournal(JournalDatabase database)
{
    /// <summary>Takes the id and leaves the first message; null when the id is taken.</summary>
    public long? Start(string orchestration, string version, string id, string input, DateTimeOffset now) =>
        database.Write<long?>("start", connection =>
        {
            object? serial = connection.Scalar(
                """
                INSERT INTO instances (id, orchestration, input, status, created) VALUES (@1, @2, @3, @4, @5)
                ON CONFLICT (id) DO NOTHING RETURNING serial
                """,
                id, orchestration, input, (int)InstanceStatus.Running, now);
            if (serial is long started)
            {
                connection.AddMessage(started, new JournalEvent(JournalEventKind.Started, now, Payload: version));
            }

            return (long?)serial;
        });

    /// <summary>Leaves an event; null when the instance is unknown or has ended.</summary>
    public long? Raise(string id, string eventName, DateTimeOffset now) =>
        database.Write("raise", connection =>
        {
            long? serial = Running(connection, id);
            if (serial is long running)
            {
                connection.AddMessage(running, new JournalEvent(JournalEventKind.EventRaised, now, Name: eventName));
            }

            return serial;
        });

    /// <summary>Ends an instance and drops what it waits for; null when it is unknown or has ended.</summary>
    public long? Terminate(string id, string reason, DateTimeOffset now) =>
        database.Write("terminate", connection =>
        {
            long? serial = Running(connection, id);
            if (serial is long running)
            {
                connection.Append(running, [new JournalEvent(JournalEventKind.Terminated, now, Payload: reason)]);
                connection.End(running, InstanceStatus.Terminated, now, output: null, error: reason);
            }

            return serial;
        });

    /// <summary>How an instance stands.</summary>
    public InstanceStatus? Find(string id) => database.Read(connection =>
        connection.Scalar("SELECT status FROM instances WHERE id = @1", id) is long status
            ? (InstanceStatus)status
            : null as InstanceStatus?);

    /// <summary>Forgets an instance that has ended.</summary>
    public void Purge(string id) =>
        database.Write("purge", connection => Forget(connection, "id = @1", id));

    /// <summary>Forgets all that ended before.</summary>
    public int PurgeEnded(DateTimeOffset before) =>
        database.Write("purge", connection => Forget(connection, "ended < @1", before));

    private static long? Running(SqliteConnection connection, string id) => (long?)connection.Scalar(
        "SELECT serial FROM instances WHERE id = @1 AND status = @2", id, (int)InstanceStatus.Running);

    // An ended instance has neither messages nor work nor timers: they went when it ended.
    private static int Forget(SqliteConnection connection, string condition, object value)
    {
        connection.Execute(
            $"DELETE FROM history WHERE instance IN (SELECT serial FROM instances WHERE ended IS NOT NULL AND {condition})",
            value);
        return connection.Execute($"DELETE FROM instances WHERE ended IS NOT NULL AND {condition}", value);
    }
}
