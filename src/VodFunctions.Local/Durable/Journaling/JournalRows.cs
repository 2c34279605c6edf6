using Microsoft.Data.Sqlite;
using VodFunctions.Core.Orchestration;

namespace VodFunctions.Local.Durable.Journaling;

/// <summary>Row changes that several transactions share.</summary>
internal static class JournalRows
{
    /// <summary>Leaves a message for an instance's next step.</summary>
    public static void AddMessage(this SqliteConnection connection, long serial, JournalEvent message) => connection.Execute(
        "INSERT INTO inbox (instance, kind, at, number, name, payload, started) VALUES (@1, @2, @3, @4, @5, @6, @7)",
        serial, (int)message.Kind, message.At, message.Number, message.Name, message.Payload, message.StartedAt);

    /// <summary>Appends to an instance's history.</summary>
    public static void Append(this SqliteConnection connection, long serial, IEnumerable<JournalEvent> entries)
    {
        long position = (long)connection.Scalar("SELECT COALESCE(MAX(position), 0) FROM history WHERE instance = @1", serial)!;
        foreach (JournalEvent entry in entries)
        {
            connection.Execute(
                """
                INSERT INTO history (instance, position, kind, at, number, name, payload, started)
                VALUES (@1, @2, @3, @4, @5, @6, @7, @8)
                """,
                serial, ++position, (int)entry.Kind, entry.At, entry.Number, entry.Name, entry.Payload, entry.StartedAt);
        }
    }

    /// <summary>Marks an instance as ended and drops all that it still waited for.</summary>
    public static void End(
        this SqliteConnection connection, long serial, InstanceStatus status, DateTimeOffset now, string? output, string? error)
    {
        connection.Execute(
            "UPDATE instances SET status = @2, ended = @3, output = @4, error = @5 WHERE serial = @1",
            serial, (int)status, now, output, error);
        connection.Execute("DELETE FROM inbox WHERE instance = @1", serial);
        connection.Execute("DELETE FROM work WHERE instance = @1", serial);
        connection.Execute("DELETE FROM timers WHERE instance = @1", serial);
    }
}
