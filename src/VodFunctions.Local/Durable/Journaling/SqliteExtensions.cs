using Microsoft.Data.Sqlite;

namespace VodFunctions.Local.Durable.Journaling;

/// <summary>
/// Short forms of the few things that the journal asks of SQLite. Values are always parameters: @1, @2 ...
/// </summary>
internal static class SqliteExtensions
{
    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public static int Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using SqliteCommand command = Create(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; null when there is none or it is null.</summary>
    public static object? Scalar(this SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using SqliteCommand command = Create(connection, sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    /// <summary>All rows.</summary>
    public static List<T> Query<T>(
        this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using SqliteCommand command = Create(connection, sql, values);
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>A text column that may be null.</summary>
    public static string? Text(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>A time column.</summary>
    public static DateTimeOffset Time(this SqliteDataReader reader, int column) => new(reader.GetInt64(column), TimeSpan.Zero);

    /// <summary>A time column that may be null.</summary>
    public static DateTimeOffset? MaybeTime(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Time(column);

    /// <summary>The columns kind, at, number, name, payload, started from that one on.</summary>
    public static JournalEvent Event(this SqliteDataReader reader, int column) => new(
        (JournalEventKind)reader.GetInt32(column), reader.Time(column + 1),
        reader.IsDBNull(column + 2) ? null : reader.GetInt32(column + 2),
        reader.Text(column + 3), reader.Text(column + 4), reader.MaybeTime(column + 5));

    private static SqliteCommand Create(SqliteConnection connection, string sql, ReadOnlySpan<object?> values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        for (int index = 0; index < values.Length; index++)
        {
            object? value = values[index] is DateTimeOffset time ? time.UtcTicks : values[index];
            command.Parameters.AddWithValue($"@{index + 1}", value ?? DBNull.Value);
        }

        return command;
    }
}
