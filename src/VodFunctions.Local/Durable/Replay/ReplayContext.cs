using System.Globalization;
using VodFunctions.Core.Json;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Durable.Replay;

/// <summary>
/// What an orchestration sees during one replay. Each call gets the next number and becomes an action of the current
/// step;
/// messages complete the tasks that the calls returned.
/// </summary>
internal sealed class ReplayContext(string instanceId, StepScheduler scheduler) : IOrchestrationContext
{
    private readonly Dictionary<int, PendingActivity> _activities = [];
    private readonly Dictionary<int, TaskCompletionSource> _timers = [];
    private readonly List<(string Name, TaskCompletionSource Source)> _waits = [];
    private readonly List<string> _buffered = [];
    private List<JournalEvent> _actions = [];
    private int _number;

    /// <inheritdoc />
    public string InstanceId => instanceId;

    /// <inheritdoc />
    public string Version { get; private set; } = "";

    /// <inheritdoc />
    public DateTimeOffset UtcNow { get; private set; }

    /// <inheritdoc />
    public bool IsReplaying { get; private set; }

    /// <summary>Whether any message could still make the orchestration go on.</summary>
    public bool IsWaiting => _activities.Count + _timers.Count + _waits.Count > 0;

    /// <inheritdoc />
    public async Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityRef<TInput, TOutput> activity, TInput input)
    {
        var pending = new PendingActivity(activity.Name, new TaskCompletionSource<string>());
        int number = Act(JournalEventKind.ActivityScheduled, activity.Name, VodJson.Serialize(input));
        _activities.Add(number, pending);
        return VodJson.Deserialize<TOutput>(await pending.Source.Task);
    }

    /// <inheritdoc />
    public Task CreateTimerAsync(DateTimeOffset fireAt, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        int number = Act(JournalEventKind.TimerCreated, null, fireAt.UtcTicks.ToString(CultureInfo.InvariantCulture));
        var source = new TaskCompletionSource();
        _timers.Add(number, source);
        cancellationToken.Register(() => Cancel(number, cancellationToken), useSynchronizationContext: false);
        return source.Task;
    }

    /// <inheritdoc />
    public Task WaitForExternalEventAsync(string eventName)
    {
        Act(JournalEventKind.EventAwaited, eventName, null);
        if (_buffered.Remove(eventName))
        {
            return Task.CompletedTask;
        }

        var source = new TaskCompletionSource();
        _waits.Add((eventName, source));
        return source.Task;
    }

    /// <summary>The instance begins.</summary>
    public void Begin(string version) => Version = version;

    /// <summary>A step begins.</summary>
    public void BeginStep(DateTimeOffset now, bool replaying)
    {
        UtcNow = now;
        IsReplaying = replaying;
    }

    /// <summary>The actions since the step began.</summary>
    public IReadOnlyList<JournalEvent> TakeActions()
    {
        List<JournalEvent> taken = _actions;
        _actions = [];
        return taken;
    }

    /// <summary>
    /// Gives a message to whoever waits for it. One that nobody waits for any more (a cancelled timer's) is dropped.
    /// </summary>
    public void Deliver(JournalEvent message)
    {
        int number = message.Number.GetValueOrDefault();
        switch (message.Kind)
        {
            case JournalEventKind.ActivityCompleted when _activities.Remove(number, out PendingActivity? activity):
                activity.Source.SetResult(message.Payload!);
                break;
            case JournalEventKind.ActivityFailed when _activities.Remove(number, out PendingActivity? activity):
                activity.Source.SetException(new ActivityFailedException(activity.Name, message.Name!, message.Payload!));
                break;
            case JournalEventKind.TimerFired when _timers.Remove(number, out TaskCompletionSource? timer):
                timer.SetResult();
                break;
            case JournalEventKind.EventRaised:
                Raise(message.Name!);
                break;
            case JournalEventKind.LeftContext:
                throw new NonDeterministicOrchestrationException(message.Payload!);
            default:
                break;
        }
    }

    private void Raise(string name)
    {
        int index = _waits.FindIndex(wait => wait.Name == name);
        if (index < 0)
        {
            _buffered.Add(name);
            return;
        }

        TaskCompletionSource source = _waits[index].Source;
        _waits.RemoveAt(index);
        source.SetResult();
    }

    private void Cancel(int number, CancellationToken cancellationToken)
    {
        if (!scheduler.IsInside)
        {
            // No exception: on a thread of the clock it would end the process.
            scheduler.ReportLeft("It cancelled a timer from a thread that is not its own.");
        }
        else if (_timers.Remove(number, out TaskCompletionSource? timer))
        {
            _actions.Add(new JournalEvent(JournalEventKind.TimerCancelled, UtcNow, number));
            timer.SetCanceled(cancellationToken);
        }
    }

    private int Act(JournalEventKind kind, string? name, string? payload)
    {
        CheckThread();
        _actions.Add(new JournalEvent(kind, UtcNow, ++_number, name, payload));
        return _number;
    }

    private void CheckThread()
    {
        if (!scheduler.IsInside)
        {
            scheduler.ReportLeft("It called its context from a thread that is not its own.");
            throw new InvalidOperationException("An orchestration's context was called from a thread that is not its own.");
        }
    }

    private sealed record PendingActivity(string Name, TaskCompletionSource<string> Source);
}
