using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Tests.EndToEnd.Killing;

/// <summary>What a run that nobody disturbs makes: the measure for all others.</summary>
/// <param name="Events">Its journal.</param>
/// <param name="Files">Its files with the hash of what they hold.</param>
internal sealed record UsualRun(IReadOnlyList<JournalEvent> Events, SortedDictionary<string, string> Files)
{
    /// <summary>Those whose number differs from run to run: they depend on what ends first, and on how often is pushed.</summary>
    private static readonly string[] s_varying = ["ReportProgress", "ReadNotice", "PushNotice"];

    public TimeSpan DurationOf(string activity)
    {
        JournalEvent ended = Events.First(entry => entry.Kind == JournalEventKind.ActivityCompleted && entry.Name == activity);
        return ended.At - ended.StartedAt!.Value;
    }

    /// <summary>The names of the activities that ended well, each as often as it did.</summary>
    public static IReadOnlyList<string> Completed(IEnumerable<JournalEvent> events) =>
    [
        .. events.Where(entry => entry.Kind == JournalEventKind.ActivityCompleted && !s_varying.Contains(entry.Name))
            .Select(entry => entry.Name!).Order(StringComparer.Ordinal),
    ];
}
