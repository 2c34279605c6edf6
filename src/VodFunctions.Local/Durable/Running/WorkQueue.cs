using System.Threading.Channels;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Durable.Running;

/// <summary>
/// The owed activity runs, one line per load, first come first served; and those that are running, so that they can be
/// cancelled with their instance.
/// </summary>
internal sealed class WorkQueue
{
    private readonly Channel<WorkItem> _light = Line();
    private readonly Channel<WorkItem> _media = Line();
    private readonly Lock _gate = new();
    private readonly List<(long Serial, CancellationTokenSource Cancellation)> _running = [];
    private readonly HashSet<string> _mediaNames;

    /// <summary>Knows the activities.</summary>
    public WorkQueue(IEnumerable<ActivityName> activities) => _mediaNames =
        [.. activities.Where(activity => activity.Load == ActivityLoad.Media).Select(activity => activity.Name)];

    /// <summary>Puts a run in its line. One of an unknown activity fails, which is light work.</summary>
    public void Add(WorkItem item)
    {
        Channel<WorkItem> line = _mediaNames.Contains(item.Activity) ? _media : _light;
        line.Writer.TryWrite(item);
    }

    /// <summary>The oldest run of a line.</summary>
    public ValueTask<WorkItem> TakeAsync(ActivityLoad load, CancellationToken cancellationToken) =>
        (load == ActivityLoad.Media ? _media : _light).Reader.ReadAsync(cancellationToken);

    /// <summary>Remembers a run while it is running.</summary>
    public IDisposable Track(WorkItem item, CancellationTokenSource cancellation)
    {
        var entry = (item.Serial, cancellation);
        lock (_gate)
        {
            _running.Add(entry);
        }

        return new Tracked(this, entry);
    }

    /// <summary>Cancels what an instance runs.</summary>
    public void Cancel(long serial)
    {
        CancellationTokenSource[] running;
        lock (_gate)
        {
            running = [.. _running.Where(entry => entry.Serial == serial).Select(entry => entry.Cancellation)];
        }

        // Not in the lock, and not on this thread: what an activity does when it is cancelled is its own business.
        foreach (CancellationTokenSource cancellation in running)
        {
            _ = CancelAsync(cancellation);
        }
    }

    private static async Task CancelAsync(CancellationTokenSource cancellation)
    {
        try
        {
            await cancellation.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It ended just now.
        }
    }

    private static Channel<WorkItem> Line() => Channel.CreateUnboundedPrioritized(
        new UnboundedPrioritizedChannelOptions<WorkItem>
        {
            Comparer = Comparer<WorkItem>.Create((one, other) => one.Seq.CompareTo(other.Seq)),
        });

    private sealed class Tracked(WorkQueue queue, (long Serial, CancellationTokenSource Cancellation) entry) : IDisposable
    {
        public void Dispose()
        {
            lock (queue._gate)
            {
                queue._running.Remove(entry);
            }
        }
    }
}
