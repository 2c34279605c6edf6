using System.Text;

namespace VodFunctions.Local.Tests.EndToEnd.Harness;

/// <summary>A line of the host's log.</summary>
/// <param name="Life">Which start of the process wrote it, counted from 1.</param>
/// <param name="Text">The line.</param>
internal sealed record HostLine(int Life, string Text)
{
    public bool Has(string part) => Text.Contains(part, StringComparison.Ordinal);
}

/// <summary>Everything that a host wrote, over all its lives.</summary>
internal sealed class HostLog
{
    private readonly Lock _gate = new();
    private readonly List<HostLine> _lines = [];
    private readonly List<(Func<HostLine, bool> Wanted, TaskCompletionSource<HostLine> Found)> _waiting = [];

    public IReadOnlyList<HostLine> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    public void Add(HostLine line)
    {
        List<TaskCompletionSource<HostLine>> found = [];
        lock (_gate)
        {
            _lines.Add(line);
            found.AddRange(_waiting.Where(waiter => waiter.Wanted(line)).Select(waiter => waiter.Found));
            _waiting.RemoveAll(waiter => found.Contains(waiter.Found));
        }

        found.ForEach(waiter => waiter.TrySetResult(line));
    }

    /// <summary>The first line, one that is there or one to come, that is wanted.</summary>
    public async Task<HostLine> WaitForAsync(Func<HostLine, bool> wanted, TimeSpan? limit = null)
    {
        var found = new TaskCompletionSource<HostLine>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lines.FirstOrDefault(wanted) is { } line)
            {
                return line;
            }

            _waiting.Add((wanted, found));
        }

        return await found.Task.WaitAsync(limit ?? Until.Limit);
    }

    /// <summary>The end of it, for the message of a failed test.</summary>
    public string Tail(int lines = 60)
    {
        var text = new StringBuilder();
        foreach (HostLine line in Lines.TakeLast(lines))
        {
            text.Append(line.Life).Append("| ").AppendLine(line.Text);
        }

        return text.ToString();
    }
}
