namespace VodFunctions.Local.Durable.Journaling;

/// <summary>What an entry of a history says. The numbers are stored: never renumber.</summary>
public enum JournalEventKind
{
    /// <summary>A step began; its time is what the orchestration sees as now.</summary>
    StepStarted = 1,

    /// <summary>The instance was started; the first message of all. Its payload is the code's version, where it had one.</summary>
    Started = 2,

    /// <summary>The orchestration called an activity: name and input.</summary>
    ActivityScheduled = 3,

    /// <summary>An activity ended: its output.</summary>
    ActivityCompleted = 4,

    /// <summary>An activity threw: the exception's type as name, its message as payload.</summary>
    ActivityFailed = 5,

    /// <summary>The orchestration set a timer: when it is due, in UTC ticks.</summary>
    TimerCreated = 6,

    /// <summary>The orchestration cancelled a timer.</summary>
    TimerCancelled = 7,

    /// <summary>A timer was due.</summary>
    TimerFired = 8,

    /// <summary>The orchestration began to wait for an external event: its name.</summary>
    EventAwaited = 9,

    /// <summary>An external event came: its name.</summary>
    EventRaised = 10,

    /// <summary>The orchestration's code was seen on a thread that is not its own; ends the instance.</summary>
    LeftContext = 11,

    /// <summary>The orchestration ended: its output.</summary>
    Completed = 12,

    /// <summary>The orchestration threw: the exception's type as name, its message as payload.</summary>
    Failed = 13,

    /// <summary>Ended from outside: the reason.</summary>
    Terminated = 14,
}

/// <summary>One entry of an instance's history: a message that it got or an action that it took.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="At">When it came; for an action, its step's time.</param>
/// <param name="Number">Which call of the orchestration it belongs to, counted from 1.</param>
/// <param name="Name">Of the activity, event or error type.</param>
/// <param name="Payload">JSON, a message or ticks.</param>
/// <param name="StartedAt">For an activity's end: when that run of it began.</param>
public sealed record JournalEvent(
    JournalEventKind Kind, DateTimeOffset At, int? Number = null, string? Name = null, string? Payload = null,
    DateTimeOffset? StartedAt = null);
