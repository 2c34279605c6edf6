namespace VodFunctions.Demo;

/// <summary>Shows how far it is.</summary>
internal interface IDemoView
{
    /// <summary>Moves the bar of a phase; 100 ends it.</summary>
    void Progress(string phase, double percent);
}

/// <summary>What happened, and how long after the start.</summary>
internal sealed record TimelineEntry(TimeSpan At, string Event);

/// <summary>Collects what happened.</summary>
internal sealed class Timeline(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly List<TimelineEntry> _entries = [];

    public IReadOnlyList<TimelineEntry> Entries => _entries;

    public void Add(string what) => _entries.Add(new(time.GetElapsedTime(_start), what));
}
