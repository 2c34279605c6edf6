using System.Globalization;
using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Durable.Replay;

/// <summary>Compares what the code of a step did with what its history says.</summary>
internal static class ActionCheck
{
    // Inputs are small; a message about one should be, too.
    private const int ShownCharacters = 200;

    /// <summary>Throws unless both are the same actions in the same order.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">They are not; it names the first
    /// difference.</exception>
    public static void Same(string instanceId, IReadOnlyList<JournalEvent> recorded, IReadOnlyList<JournalEvent> now)
    {
        for (int index = 0; index < Math.Max(recorded.Count, now.Count); index++)
        {
            JournalEvent? was = index < recorded.Count ? recorded[index] : null;
            JournalEvent? got = index < now.Count ? now[index] : null;
            if (was?.Kind != got?.Kind || was?.Number != got?.Number || was?.Name != got?.Name || was?.Payload != got?.Payload)
            {
                throw new NonDeterministicOrchestrationException(
                    $"Instance {instanceId} is not deterministic at call {was?.Number ?? got?.Number}: " +
                    $"recorded was {Describe(was)}, now came {Describe(got)}.");
            }
        }
    }

    private static string Describe(JournalEvent? action) => action?.Kind switch
    {
        null => "nothing",
        JournalEventKind.ActivityScheduled => $"activity {action.Name} with {Short(action.Payload!)}",
        JournalEventKind.TimerCreated => $"a timer for {new DateTimeOffset(
            long.Parse(action.Payload!, CultureInfo.InvariantCulture), TimeSpan.Zero):O}",
        JournalEventKind.TimerCancelled => $"the end of timer {action.Number}",
        JournalEventKind.EventAwaited => $"a wait for event {action.Name}",
        _ => action.Kind.ToString(),
    };

    private static string Short(string text) => text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "...";
}
