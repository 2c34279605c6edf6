using Microsoft.Data.Sqlite;

namespace VodFunctions.Local.Durable.Journaling;

/// <summary>
/// The journal's one connection. A lock serializes what uses it; a transaction is a few rows, so nobody waits long.
/// </summary>
/// <remarks>
/// The write-ahead log is synced at every commit (synchronous=FULL). NORMAL would survive SIGKILL too and lose only the
/// newest commits with the power, but "started" is answered to an upload event that does not come again, and a commit
/// is
/// one sync of a few pages: it costs less than a millisecond on an SSD.
/// </remarks>
internal sealed class JournalDatabase : IDisposable
{
    /// <summary>The journal's file in the data folder.</summary>
    public const string FileName = "journal.db";

    private readonly Lock _gate = new();
    private readonly DataFolderLock _folderLock;
    private readonly SqliteConnection _connection;
    private readonly IJournalFaults? _faults;
    private bool _disposed;

    private JournalDatabase(DataFolderLock folderLock, SqliteConnection connection, IJournalFaults? faults)
    {
        _folderLock = folderLock;
        _connection = connection;
        _faults = faults;
    }

    /// <summary>Opens the journal of a data folder, creating both when they are not there.</summary>
    /// <exception cref="DataFolderInUseException">Another process has the folder.</exception>
    /// <exception cref="JournalVersionException">A newer program wrote the journal.</exception>
    /// <exception cref="SqliteException">The file is no journal, or cannot be read or written.</exception>
    public static JournalDatabase Open(string folder, IJournalFaults? faults)
    {
        DataFolderLock folderLock = DataFolderLock.Take(folder);
        string path = Path.Combine(folder, FileName);

        // The default timeout is how long SQLite waits for somebody who looks into the file from outside, in seconds.
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            JournalSchema.Prepare(connection, path);
            return new JournalDatabase(folderLock, connection, faults);
        }
        catch
        {
            connection.Dispose();
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs a transaction: all of it is durable when this returns, nothing of it is there when it throws.
    /// </summary>
    /// <param name="transaction">Its name, for tests.</param>
    /// <param name="body">Reads and writes.</param>
    public T Write<T>(string transaction, Func<SqliteConnection, T> body)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _connection.Execute("BEGIN IMMEDIATE");
            T result;
            try
            {
                result = body(_connection);
                _faults?.BeforeCommit(transaction);
                _connection.Execute("COMMIT");
            }
            catch
            {
                RollBack();
                throw;
            }

            _faults?.AfterCommit(transaction);
            return result;
        }
    }

    /// <summary>Reads one consistent state.</summary>
    public T Read<T>(Func<SqliteConnection, T> body)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return body(_connection);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                _connection.Dispose();
                _folderLock.Dispose();
            }
        }
    }

    private void RollBack()
    {
        try
        {
            _connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // A full disk and the like have rolled it back already: then there is no transaction to end.
        }
    }
}
