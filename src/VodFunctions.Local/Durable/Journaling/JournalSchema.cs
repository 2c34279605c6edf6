using Microsoft.Data.Sqlite;

namespace VodFunctions.Local.Durable.Journaling;

/// <summary>
/// The tables. Times are UTC ticks. All tables refer to an instance by its serial, which is never used again: what
/// belongs to a
/// purged instance cannot reach another one that was later started under the same id.
/// </summary>
internal static class JournalSchema
{
    /// <summary>
    /// Stored as <c>user_version</c>; raise it with every change of the tables, or of what their rows mean.
    /// </summary>
    public const int Version = 1;

    private const string Tables = """
        CREATE TABLE instances (
            serial INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, orchestration TEXT NOT NULL, input TEXT NOT NULL,
            status INTEGER NOT NULL, created INTEGER NOT NULL, ended INTEGER, output TEXT, error TEXT);
        CREATE INDEX instances_ended ON instances (ended) WHERE ended IS NOT NULL;
        CREATE TABLE history (
            instance INTEGER NOT NULL, position INTEGER NOT NULL, kind INTEGER NOT NULL, at INTEGER NOT NULL, number INTEGER,
            name TEXT, payload TEXT, started INTEGER, PRIMARY KEY (instance, position)) WITHOUT ROWID;
        CREATE TABLE inbox (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, instance INTEGER NOT NULL, kind INTEGER NOT NULL, at INTEGER NOT NULL,
            number INTEGER, name TEXT, payload TEXT, started INTEGER);
        CREATE INDEX inbox_instance ON inbox (instance, seq);
        CREATE TABLE work (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, instance INTEGER NOT NULL, number INTEGER NOT NULL, activity TEXT NOT NULL,
            input TEXT NOT NULL, UNIQUE (instance, number));
        CREATE TABLE timers (
            instance INTEGER NOT NULL, number INTEGER NOT NULL, due INTEGER NOT NULL, PRIMARY KEY (instance, number)) WITHOUT ROWID;
        CREATE INDEX timers_due ON timers (due);
        """;

    /// <summary>Creates the tables in an empty file; refuses a file that a newer program wrote.</summary>
    /// <exception cref="JournalVersionException">A newer program wrote it.</exception>
    public static void Prepare(SqliteConnection connection, string path)
    {
        long found = (long)connection.Scalar("PRAGMA user_version")!;
        if (found > Version)
        {
            throw new JournalVersionException(path, found);
        }

        if (found == 0)
        {
            // The version is in the file's header and commits with the tables.
            connection.Execute($"BEGIN IMMEDIATE; {Tables} PRAGMA user_version = {Version}; COMMIT");
        }
    }
}

/// <summary>The journal was written by a newer version of the program.</summary>
/// <param name="path">The journal's file.</param>
/// <param name="found">Its version.</param>
public sealed class JournalVersionException(string path, long found)
    : Exception($"The journal {path} has version {found}, this program knows versions up to {JournalSchema.Version}. " +
        "Run the program that wrote it, or choose another data folder.");
