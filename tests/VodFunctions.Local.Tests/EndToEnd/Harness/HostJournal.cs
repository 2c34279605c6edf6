using Microsoft.Data.Sqlite;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Tests.EndToEnd.Harness;

/// <summary>Looks into a host's journal from outside, while the host runs or after it was killed.</summary>
internal sealed class HostJournal(string dataFolder)
{
    private string File => Path.Combine(dataFolder, "journal", JournalDatabase.FileName);

    /// <summary>What has happened to an instance, messages that no step has handled yet included.</summary>
    public IReadOnlyList<JournalEvent> Read(string instanceId) => Query(
        """
        SELECT kind, at, number, name, payload, started, position, 0 FROM history
        WHERE instance = (SELECT serial FROM instances WHERE id = @1)
        UNION ALL SELECT kind, at, number, name, payload, started, seq, 1 FROM inbox
        WHERE instance = (SELECT serial FROM instances WHERE id = @1) ORDER BY 8, 7
        """,
        reader => reader.Event(0), instanceId);

    /// <summary>How an instance stands, and its output; null when there is none.</summary>
    public (InstanceStatus Status, string? Output)? Find(string instanceId) => Query(
        "SELECT status, output FROM instances WHERE id = @1",
        reader => ((InstanceStatus, string?)?)((InstanceStatus)reader.GetInt32(0), reader.Text(1)), instanceId).FirstOrDefault();

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, string instanceId)
    {
        if (!System.IO.File.Exists(File))
        {
            return [];
        }

        // For writing as well: only then can the log of a killed host be recovered.
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = File,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        connection.Open();
        return connection.Query(sql, read, instanceId);
    }
}
