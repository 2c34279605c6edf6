using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Durable.Replay;

/// <summary>A step of a history.</summary>
/// <param name="At">What its code sees as now.</param>
/// <param name="Messages">What it handled, in order.</param>
/// <param name="Actions">What its code did; null for the step that is run for the first time.</param>
internal sealed record RecordedStep(
    DateTimeOffset At, IReadOnlyList<JournalEvent> Messages, IReadOnlyList<JournalEvent>? Actions)
{
    /// <summary>Cuts a history into its steps.</summary>
    public static IReadOnlyList<RecordedStep> Cut(IReadOnlyList<JournalEvent> history)
    {
        var steps = new List<RecordedStep>();
        List<JournalEvent> messages = [], actions = [];
        foreach (JournalEvent entry in history)
        {
            switch (entry.Kind)
            {
                case JournalEventKind.StepStarted:
                    (messages, actions) = ([], []);
                    steps.Add(new RecordedStep(entry.At, messages, actions));
                    break;
                case JournalEventKind.ActivityScheduled or JournalEventKind.TimerCreated or JournalEventKind.TimerCancelled
                    or JournalEventKind.EventAwaited:
                    actions.Add(entry);
                    break;
                default:
                    messages.Add(entry);
                    break;
            }
        }

        return steps;
    }
}
