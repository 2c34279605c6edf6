namespace VodFunctions.Local.Durable.Journaling;

/// <summary>What the loops of activities and timers read and write.</summary>
internal sealed class WorkJournal(JournalDatabase database)
{
    // Keeps one transaction short when a machine wakes up to very many due timers.
    private const int TimersAtOnce = 200;

    /// <summary>All activity runs that are owed, oldest first.</summary>
    public IReadOnlyList<WorkItem> Owed() => database.Read(connection => connection.Query(
        """
        SELECT work.seq, serial, id, number, activity, work.input FROM work JOIN instances ON serial = instance ORDER BY work.seq
        """,
        reader => new WorkItem(
            reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetInt32(3), reader.GetString(4),
            reader.GetString(5))));

    /// <summary>Whether that run is still owed.</summary>
    public bool IsOwed(WorkItem item) =>
        database.Read(connection => connection.Scalar("SELECT 1 FROM work WHERE seq = @1", item.Seq) is not null);

    /// <summary>Turns an owed run into its result's message.</summary>
    /// <returns>False when it is owed no more, because the instance has ended: the result is ignored.</returns>
    public bool Finish(WorkItem item, JournalEvent result) => database.Write("activity", connection =>
    {
        bool owed = connection.Execute("DELETE FROM work WHERE seq = @1", item.Seq) == 1;
        if (owed)
        {
            connection.AddMessage(item.Serial, result);
        }

        return owed;
    });

    /// <summary>When the next timer is due; null when there is none.</summary>
    public DateTimeOffset? NextDue() => database.Read(connection =>
        connection.Scalar("SELECT MIN(due) FROM timers") is long ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null as DateTimeOffset?);

    /// <summary>Turns due timers into messages, the earliest first; not all at once when they are many.</summary>
    /// <returns>The instances to wake.</returns>
    public IReadOnlyList<long> FireDue(DateTimeOffset now) => database.Write("timers", connection =>
    {
        var due = connection.Query(
            "SELECT instance, number FROM timers WHERE due <= @1 ORDER BY due, instance, number LIMIT @2",
            reader => (Serial: reader.GetInt64(0), Number: reader.GetInt32(1)), now, TimersAtOnce);
        foreach ((long serial, int number) in due)
        {
            connection.Execute("DELETE FROM timers WHERE instance = @1 AND number = @2", serial, number);
            connection.AddMessage(serial, new JournalEvent(JournalEventKind.TimerFired, now, number));
        }

        return (IReadOnlyList<long>)[.. due.Select(timer => timer.Serial).Distinct()];
    });
}
