using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;
using VodFunctions.Core.Json;
using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Durable.Replay;

/// <summary>
/// What an orchestration sees during one replay. Each call gets the next number and becomes an action of the current step;
/// messages complete the tasks that the calls returned. What <c>ProcessVideo</c> does not use is not supported.
/// </summary>
internal sealed class ReplayContext(PendingStep step, StepScheduler scheduler) : TaskOrchestrationContext
{
    private readonly Dictionary<int, PendingActivity> _activities = [];
    private readonly Dictionary<int, TaskCompletionSource> _timers = [];
    private readonly List<(string Name, TaskCompletionSource Source)> _waits = [];
    private readonly List<string> _buffered = [];
    private List<JournalEvent> _actions = [];
    private string _version = "";
    private DateTimeOffset _now;
    private bool _isReplaying;
    private int _number;

    /// <inheritdoc />
    public override TaskName Name => step.Orchestration;

    /// <inheritdoc />
    public override string InstanceId => step.InstanceId;

    /// <inheritdoc />
    public override ParentOrchestrationInstance? Parent => null;

    /// <inheritdoc />
    public override string Version => _version;

    /// <inheritdoc />
    public override DateTime CurrentUtcDateTime => _now.UtcDateTime;

    /// <inheritdoc />
    public override bool IsReplaying => _isReplaying;

    /// <inheritdoc />
    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    /// <summary>Whether any message could still make the orchestration go on.</summary>
    public bool IsWaiting => _activities.Count + _timers.Count + _waits.Count > 0;

    /// <inheritdoc />
    public override T GetInput<T>() => VodJson.Deserialize<T>(step.Input);

    /// <inheritdoc />
    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        if (options is not null)
        {
            throw Unsupported();
        }

        var pending = new PendingActivity(name, new TaskCompletionSource<string>());
        int number = Act(JournalEventKind.ActivityScheduled, name, VodJson.Serialize(input));
        _activities.Add(number, pending);
        return VodJson.Deserialize<TResult>(await pending.Source.Task);
    }

    /// <inheritdoc />
    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        string due = fireAt.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        int number = Act(JournalEventKind.TimerCreated, null, due);
        var source = new TaskCompletionSource();
        _timers.Add(number, source);
        cancellationToken.Register(() => Cancel(number, cancellationToken), useSynchronizationContext: false);
        return source.Task;
    }

    /// <inheritdoc />
    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.CanBeCanceled)
        {
            throw Unsupported();
        }

        Act(JournalEventKind.EventAwaited, eventName, null);
        if (!_buffered.Remove(eventName))
        {
            var source = new TaskCompletionSource();
            _waits.Add((eventName, source));
            await source.Task;
        }

        // Events carry nothing: what they tell of is stored before they are raised.
        return default!;
    }

    /// <inheritdoc />
    public override void SendEvent(string instanceId, string eventName, object payload) => throw Unsupported();

    /// <inheritdoc />
    public override void SetCustomStatus(object? customStatus) => throw Unsupported();

    /// <inheritdoc />
    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null) => throw Unsupported();

    /// <inheritdoc />
    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw Unsupported();

    /// <inheritdoc />
    public override Guid NewGuid() => throw Unsupported();

    /// <summary>The instance begins.</summary>
    public void Begin(string version) => _version = version;

    /// <summary>A step begins.</summary>
    public void BeginStep(DateTimeOffset now, bool replaying)
    {
        _now = now;
        _isReplaying = replaying;
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
                activity.Source.SetException(new TaskFailedException(
                    activity.Name, number, new TaskFailureDetails(message.Name!, message.Payload!, null, null, null)));
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
            _actions.Add(new JournalEvent(JournalEventKind.TimerCancelled, _now, number));
            timer.SetCanceled(cancellationToken);
        }
    }

    private int Act(JournalEventKind kind, string? name, string? payload)
    {
        CheckThread();
        _actions.Add(new JournalEvent(kind, _now, ++_number, name, payload));
        return _number;
    }

    private static NotSupportedException Unsupported() => new("The embedded runner has activities, timers and events only.");

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
