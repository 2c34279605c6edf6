using VodFunctions.Core.Processing;
using VodFunctions.Local.Durable.Journaling;
using VodFunctions.Local.Durable.Replay;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Local.Tests.ProcessVideo;

/// <summary>
/// The histories of every released version (a folder each, see CONTRIBUTING.md) through the code of today: instances wait for
/// weeks, so it must call the same in the same order.
/// </summary>
public sealed class RecordedHistoryTests
{
    private static readonly string s_root = Repository.File("tests", "VodFunctions.Local.Tests", "ProcessVideo", "Histories");

    private static readonly Core.Processing.ProcessVideo s_code = new();

    public static TheoryData<string> Histories { get; } =
        [.. Directory.GetFiles(s_root, "*.jsonl", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(s_root, file)).Order()];

    [Theory]
    [MemberData(nameof(Histories))]
    public void Code_of_today_goes_the_way_that_a_released_version_went(string file)
    {
        RecordedHistory recorded = RecordedHistory.Read(Path.Combine(s_root, file));

        ReplayOutcome outcome = recorded.Replay(s_code);

        JournalEvent? completed = recorded.Events.SingleOrDefault(entry => entry.Kind == JournalEventKind.Completed);
        Assert.Equal((completed is not null, completed?.Payload, null), (outcome.Ended, outcome.Output, outcome.Error));
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public void Another_call_at_any_place_of_a_history_is_found(string file)
    {
        RecordedHistory recorded = RecordedHistory.Read(Path.Combine(s_root, file));
        int[] calls = [.. Enumerable.Range(0, recorded.Events.Count)
            .Where(index => recorded.Events[index].Kind == JournalEventKind.ActivityScheduled)];

        Assert.NotEmpty(calls);
        foreach (int call in new[] { calls[0], calls[^1] })
        {
            JournalEvent[] changed = [.. recorded.Events];
            changed[call] = changed[call] with { Name = "Another" };
            Assert.Throws<NonDeterministicOrchestrationException>(() => (recorded with { Events = changed }).Replay(s_code));
        }
    }

    /// <summary>The version of today has one, so that its instances are replayed by the next.</summary>
    [Fact]
    public void The_present_version_has_histories_of_ended_and_open_instances()
    {
        string[] outcomes = [.. Directory.GetFiles(Path.Combine(s_root, ProcessVideoNames.Version))
            .Select(file => Path.GetFileName(file).Split('-')[0]).Distinct().Order()];

        Assert.Equal(["acknowledged", "expired", "running", "terminated"], outcomes);
    }
}
