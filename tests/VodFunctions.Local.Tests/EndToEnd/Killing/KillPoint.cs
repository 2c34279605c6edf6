using System.Text.RegularExpressions;
using VodFunctions.Local.Tests.EndToEnd.Harness;

namespace VodFunctions.Local.Tests.EndToEnd.Killing;

/// <summary>A moment at which the host is killed.</summary>
/// <param name="Name">For the message of a failed test.</param>
/// <param name="ReachedAsync">Returns when it has come.</param>
/// <param name="WhileStarting">Whether it is before the host listens again after the kill before.</param>
internal sealed partial record KillPoint(string Name, Func<KillRun, Task> ReachedAsync, bool WhileStarting = false)
{
    /// <summary>When the uploader's browser is there.</summary>
    public static KillPoint At(Milestone milestone) => new($"{milestone}", run => run.ReachedAsync(milestone));

    /// <summary>When the journal has that many entries of the job.</summary>
    public static KillPoint Entries(int count) => new(
        $"journal entry {count}",
        run => Until.TrueAsync(() => run.Instance is { } id && run.Host.Journal.Read(id).Count >= count, $"{count} journal entries"));

    /// <summary>When an activity begins, or that part of its usual duration later.</summary>
    public static KillPoint Into(string activity, double part = 0) => new(
        $"{activity} {part:P0}",
        async run =>
        {
            await run.LineAsync($": {activity} #", " starts");
            await Task.Delay(run.Usual.DurationOf(activity) * part);
        });

    /// <summary>When an activity has done its work: just before, or just after, the journal knows.</summary>
    public static KillPoint EndOf(string activity) => new($"end of {activity}", run => run.LineAsync($": {activity} #", " completed"));

    /// <summary>When that many files are in the media container.</summary>
    public static KillPoint Files(int count) => new(
        $"{count} files",
        run => Until.TrueAsync(async () => await run.CountMediaAsync() >= count, $"{count} files"));

    /// <summary>While the host starts after a kill: when the runner has taken up its work again.</summary>
    public static KillPoint Starting { get; } = new(
        "starting",
        run => run.Host.Log.WaitForAsync(line => line.Life == run.Host.Life && line.Has("The durable runner started")),
        WhileStarting: true);

    /// <summary>The number of the activity run that a line says begins; null for other lines.</summary>
    public static int? StartedNumber(HostLine line, string instance) =>
        line.Has($"{instance}: ") && Starts().Match(line.Text) is { Success: true } match
            ? int.Parse(match.Groups["number"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(": \\w+ #(?<number>[0-9]+) starts$")]
    private static partial Regex Starts();
}
