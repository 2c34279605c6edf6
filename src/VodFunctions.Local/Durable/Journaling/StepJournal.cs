using System.Globalization;
using Microsoft.Data.Sqlite;
using VodFunctions.Core.Orchestration;

namespace VodFunctions.Local.Durable.Journaling;

/// <summary>What a step reads and writes.</summary>
internal sealed class StepJournal(JournalDatabase database)
{
    /// <summary>Instances that have messages.</summary>
    public IReadOnlyList<long> Ready() => database.Read(connection =>
        connection.Query("SELECT instance FROM inbox GROUP BY instance ORDER BY MIN(seq)", reader => reader.GetInt64(0)));

    /// <summary>
    /// What an instance needs for its next step; null when it has ended, is forgotten or has no messages.
    /// </summary>
    public PendingStep? Load(long serial) => database.Read(connection =>
    {
        var messages = connection.Query(
            "SELECT seq, kind, at, number, name, payload, started FROM inbox WHERE instance = @1 ORDER BY seq",
            reader => (Seq: reader.GetInt64(0), Event: reader.Event(1)), serial);
        if (messages.Count == 0)
        {
            return null;
        }

        var history = connection.Query(
            "SELECT kind, at, number, name, payload, started FROM history WHERE instance = @1 ORDER BY position",
            reader => reader.Event(0), serial);
        return connection.Query(
            "SELECT id, orchestration, input FROM instances WHERE serial = @1 AND status = @2",
            reader => new PendingStep(
                serial, reader.GetString(0), reader.GetString(1), reader.GetString(2), history,
                [.. messages.Select(message => message.Event)], messages[^1].Seq),
            serial, (int)InstanceStatus.Running).SingleOrDefault();
    });

    /// <summary>Commits a step: its messages are consumed, its history, work, timers and end are there.</summary>
    /// <returns>The new work; null when the instance was ended or forgotten meanwhile: then the step never
    /// was.</returns>
    public IReadOnlyList<WorkItem>? Commit(PendingStep step, StepResult result) => database.Write("step", connection =>
    {
        if (connection.Scalar("SELECT status FROM instances WHERE serial = @1", step.Serial) is not (long)InstanceStatus.Running)
        {
            return null;
        }

        connection.Append(step.Serial, result.Entries);
        if (result.Ending is { } ending)
        {
            connection.End(step.Serial, ending.Status, ending.At, ending.Output, ending.Error);
            return [];
        }

        connection.Execute("DELETE FROM inbox WHERE instance = @1 AND seq <= @2", step.Serial, step.LastMessage);
        return (IReadOnlyList<WorkItem>)[.. result.Entries.SelectMany(entry => Act(connection, step, entry))];
    });

    /// <summary>Leaves word that the code of an instance was seen on a thread that is not its own.</summary>
    /// <returns>Whether it still runs.</returns>
    public bool ReportLeftContext(long serial, string what, DateTimeOffset now) => database.Write("violation", connection =>
    {
        bool running = connection.Scalar("SELECT status FROM instances WHERE serial = @1", serial) is (long)InstanceStatus.Running;
        if (running)
        {
            connection.AddMessage(serial, new JournalEvent(JournalEventKind.LeftContext, now, Payload: what));
        }

        return running;
    });

    private static IEnumerable<WorkItem> Act(SqliteConnection connection, PendingStep step, JournalEvent entry)
    {
        switch (entry.Kind)
        {
            case JournalEventKind.ActivityScheduled:
                long seq = (long)connection.Scalar(
                    "INSERT INTO work (instance, number, activity, input) VALUES (@1, @2, @3, @4) RETURNING seq",
                    step.Serial, entry.Number, entry.Name, entry.Payload)!;
                yield return new WorkItem(seq, step.Serial, step.InstanceId, entry.Number!.Value, entry.Name!, entry.Payload!);
                break;
            case JournalEventKind.TimerCreated:
                connection.Execute(
                    "INSERT INTO timers (instance, number, due) VALUES (@1, @2, @3)",
                    step.Serial, entry.Number, long.Parse(entry.Payload!, CultureInfo.InvariantCulture));
                break;
            case JournalEventKind.TimerCancelled:
                connection.Execute("DELETE FROM timers WHERE instance = @1 AND number = @2", step.Serial, entry.Number);
                break;
            default:
                break;
        }
    }
}

/// <summary>An instance with messages that wait to be handled.</summary>
/// <param name="Serial">The instance's key in the journal.</param>
/// <param name="InstanceId">Its id.</param>
/// <param name="Orchestration">Its orchestration's name.</param>
/// <param name="Input">JSON.</param>
/// <param name="History">What happened until now.</param>
/// <param name="Messages">What is new, in order of arrival.</param>
/// <param name="LastMessage">The sequence number of the last of them.</param>
internal sealed record PendingStep(
    long Serial, string InstanceId, string Orchestration, string Input, IReadOnlyList<JournalEvent> History,
    IReadOnlyList<JournalEvent> Messages, long LastMessage);

/// <summary>What a step leads to.</summary>
/// <param name="Entries">What is appended to the history.</param>
/// <param name="Ending">How the instance ended, if it did.</param>
internal sealed record StepResult(IReadOnlyList<JournalEvent> Entries, StepEnding? Ending);

/// <summary>How an instance ended by itself.</summary>
/// <param name="Status">Completed or failed.</param>
/// <param name="At">When.</param>
/// <param name="Output">JSON, when it completed.</param>
/// <param name="Error">What it threw, when it failed.</param>
internal sealed record StepEnding(InstanceStatus Status, DateTimeOffset At, string? Output, string? Error);

/// <summary>A run of an activity that is owed.</summary>
/// <param name="Seq">Its key; a smaller one is older.</param>
/// <param name="Serial">The instance's key.</param>
/// <param name="InstanceId">The instance's id.</param>
/// <param name="Number">Which call of the orchestration it is.</param>
/// <param name="Activity">The activity's name.</param>
/// <param name="Input">JSON.</param>
internal sealed record WorkItem(long Seq, long Serial, string InstanceId, int Number, string Activity, string Input);
