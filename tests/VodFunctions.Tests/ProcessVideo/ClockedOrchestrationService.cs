using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using Microsoft.DurableTask.Testing.Sidecar;

namespace VodFunctions.Tests.ProcessVideo;

/// <summary>
/// The engine's in-memory back end under the test's clock. That back end lets real time pass; here timers wait for the
/// test's clock, and each turn of an orchestration begins with an event that tells the test's time, which so enters the
/// history and is the same on every replay. It also knows whether the engine has anything to do.
/// </summary>
internal sealed class ClockedOrchestrationService(InMemoryOrchestrationService inner, TimeProvider time)
    : IOrchestrationService, IOrchestrationServiceClient, IOrchestrationServiceQueryClient, IOrchestrationServicePurgeClient
{
    private const int Many = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Load> _loads = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Alarm> _alarms = [];
    private readonly List<TaskActivityWorkItem> _running = [];
    private readonly List<TaskOrchestrationWorkItem> _turns = [];

    /// <summary>Whether no message waits, no turn is taken and no more than that many activities of running instances run.</summary>
    public bool IsIdle(int held)
    {
        lock (_gate)
        {
            return _loads.Values.All(load => load is { Messages: 0, IsTaken: false })
                && _loads.Values.Where(load => !load.HasEnded).Sum(load => load.Activities) <= held;
        }
    }

    /// <summary>When the next timer of a running instance is due.</summary>
    public DateTimeOffset? NextTimerAt
    {
        get
        {
            lock (_gate)
            {
                return _alarms.Where(alarm => IsRunning(alarm.Message)).Min(alarm => (DateTimeOffset?)alarm.DueAt);
            }
        }
    }

    /// <summary>How often a turn was handed out.</summary>
    public int Turns { get; private set; }

    public int TaskOrchestrationDispatcherCount => inner.TaskOrchestrationDispatcherCount;

    public int MaxConcurrentTaskOrchestrationWorkItems => Many;

    public BehaviorOnContinueAsNew EventBehaviourForContinueAsNew => inner.EventBehaviourForContinueAsNew;

    public int TaskActivityDispatcherCount => inner.TaskActivityDispatcherCount;

    public int MaxConcurrentTaskActivityWorkItems => Many;

    public async Task<TaskOrchestrationWorkItem?> LockNextTaskOrchestrationWorkItemAsync(
        TimeSpan receiveTimeout, CancellationToken cancellationToken)
    {
        TaskOrchestrationWorkItem item = await inner.LockNextTaskOrchestrationWorkItemAsync(receiveTimeout, cancellationToken);
        lock (_gate)
        {
            Load load = _loads[item.InstanceId];
            load.Messages -= item.NewMessages.Count;
            load.IsTaken = true;
            _turns.Add(item);
            Turns++;
        }

        // Messages are handled instance by instance, in order: before the orchestration's own.
        item.NewMessages.Insert(0, new TaskMessage
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = "" },
            Event = new OrchestratorStartedEvent(-1) { Timestamp = Now },
        });
        return item;
    }

    public async Task CompleteTaskOrchestrationWorkItemAsync(
        TaskOrchestrationWorkItem workItem, OrchestrationRuntimeState newOrchestrationRuntimeState,
        IList<TaskMessage> outboundMessages, IList<TaskMessage> orchestratorMessages, IList<TaskMessage> timerMessages,
        TaskMessage? continuedAsNewMessage, OrchestrationState orchestrationState)
    {
        orchestrationState.LastUpdatedTime = Now;
        lock (_gate)
        {
            if (!_turns.Contains(workItem))
            {
                return;
            }

            Load load = _loads[workItem.InstanceId];
            load.Activities += outboundMessages.Count;
            load.HasEnded = orchestrationState.OrchestrationStatus is not (OrchestrationStatus.Running or OrchestrationStatus.Pending);
        }

        await inner.CompleteTaskOrchestrationWorkItemAsync(
            workItem, newOrchestrationRuntimeState, outboundMessages, [], [], continuedAsNewMessage!, orchestrationState);
        foreach (TaskMessage message in orchestratorMessages)
        {
            Deliver(message);
        }

        foreach (TaskMessage message in timerMessages)
        {
            Hold(message);
        }
    }

    public async Task ReleaseTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem)
    {
        lock (_gate)
        {
            if (!_turns.Remove(workItem))
            {
                return;
            }

            // Before it is released: what came meanwhile may be taken as soon as it is, and then this is the next turn's.
            _loads[workItem.InstanceId].IsTaken = false;
        }

        await inner.ReleaseTaskOrchestrationWorkItemAsync(workItem);
    }

    public async Task AbandonTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem)
    {
        lock (_gate)
        {
            if (!_turns.Contains(workItem))
            {
                return;
            }

            workItem.NewMessages.RemoveAt(0);
            _loads[workItem.InstanceId].Messages += workItem.NewMessages.Count;
        }

        await inner.AbandonTaskOrchestrationWorkItemAsync(workItem);
    }

    public async Task<TaskActivityWorkItem> LockNextTaskActivityWorkItem(
        TimeSpan receiveTimeout, CancellationToken cancellationToken)
    {
        TaskActivityWorkItem item = await inner.LockNextTaskActivityWorkItem(receiveTimeout, cancellationToken);
        lock (_gate)
        {
            _running.Add(item);
        }

        return item;
    }

    /// <summary>Whoever took turns and activities has not renewed the leases: all of it is handed out again.</summary>
    public async Task HandOutAgainAsync()
    {
        TaskActivityWorkItem[] lost;
        TaskOrchestrationWorkItem[] turns;
        lock (_gate)
        {
            lost = [.. _running];
            _running.Clear();
            turns = [.. _turns];
        }

        foreach (TaskOrchestrationWorkItem turn in turns)
        {
            await AbandonTaskOrchestrationWorkItemAsync(turn);
            await ReleaseTaskOrchestrationWorkItemAsync(turn);
        }

        foreach (TaskActivityWorkItem item in lost)
        {
            await inner.AbandonTaskActivityWorkItemAsync(item);
        }
    }

    public Task CompleteTaskActivityWorkItemAsync(TaskActivityWorkItem workItem, TaskMessage responseMessage)
    {
        lock (_gate)
        {
            if (_running.Remove(workItem))
            {
                Deliver(responseMessage);
                if (IsOfThisExecution(responseMessage, out Load? load))
                {
                    load.Activities--;
                }
            }
        }

        return Task.CompletedTask;
    }

    public Task CreateTaskOrchestrationAsync(TaskMessage creationMessage) =>
        CreateTaskOrchestrationAsync(creationMessage, [OrchestrationStatus.Pending, OrchestrationStatus.Running]);

    public async Task CreateTaskOrchestrationAsync(TaskMessage creationMessage, OrchestrationStatus[]? dedupeStatuses)
    {
        creationMessage.Event.Timestamp = Now;
        OrchestrationInstance instance = creationMessage.OrchestrationInstance;
        Task created;
        lock (_gate)
        {
            Load? before = _loads.GetValueOrDefault(instance.InstanceId);
            _loads[instance.InstanceId] = new Load(instance.ExecutionId) { Messages = 1 };
            created = CreateAsync();
            if (created.IsFaulted)
            {
                _loads[instance.InstanceId] = before!;
            }
        }

        await created;

        async Task CreateAsync() => await inner.CreateTaskOrchestrationAsync(creationMessage, dedupeStatuses);
    }

    public Task SendTaskOrchestrationMessageAsync(TaskMessage message)
    {
        Deliver(message);
        return Task.CompletedTask;
    }

    public Task SendTaskOrchestrationMessageBatchAsync(params TaskMessage[] messages)
    {
        Array.ForEach(messages, Deliver);
        return Task.CompletedTask;
    }

    public Task ForceTerminateTaskOrchestrationAsync(string instanceId, string reason) =>
        SendTaskOrchestrationMessageAsync(new TaskMessage
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = instanceId },
            Event = new ExecutionTerminatedEvent(-1, reason),
        });

    public async Task<PurgeResult> PurgeInstanceStateAsync(string instanceId)
    {
        PurgeResult result = await inner.PurgeInstanceStateAsync(instanceId);
        lock (_gate)
        {
            if (result.DeletedInstanceCount > 0)
            {
                _loads.Remove(instanceId);
            }
        }

        return result;
    }

    public Task AbandonTaskActivityWorkItemAsync(TaskActivityWorkItem workItem)
    {
        bool isOurs;
        lock (_gate)
        {
            isOurs = _running.Remove(workItem);
        }

        return isOurs ? inner.AbandonTaskActivityWorkItemAsync(workItem) : Task.CompletedTask;
    }

    public Task<PurgeResult> PurgeInstanceStateAsync(PurgeInstanceFilter purgeInstanceFilter) =>
        throw new NotSupportedException("The app purges instance by instance.");

    public Task<OrchestrationQueryResult> GetOrchestrationWithQueryAsync(
        OrchestrationQuery query, CancellationToken cancellationToken) =>
        inner.GetOrchestrationWithQueryAsync(query, cancellationToken);

    public Task<IList<OrchestrationState>> GetOrchestrationStateAsync(string instanceId, bool allExecutions) =>
        inner.GetOrchestrationStateAsync(instanceId, allExecutions);

    public Task<OrchestrationState> GetOrchestrationStateAsync(string instanceId, string? executionId) =>
        inner.GetOrchestrationStateAsync(instanceId, executionId);

    public Task<OrchestrationState> WaitForOrchestrationAsync(
        string instanceId, string executionId, TimeSpan timeout, CancellationToken cancellationToken) =>
        inner.WaitForOrchestrationAsync(instanceId, executionId, timeout, cancellationToken);

    public Task<string> GetOrchestrationHistoryAsync(string instanceId, string executionId) =>
        inner.GetOrchestrationHistoryAsync(instanceId, executionId);

    public Task PurgeOrchestrationHistoryAsync(
        DateTime thresholdDateTimeUtc, OrchestrationStateTimeRangeFilterType timeRangeFilterType) =>
        inner.PurgeOrchestrationHistoryAsync(thresholdDateTimeUtc, timeRangeFilterType);

    public Task RenewTaskOrchestrationWorkItemLockAsync(TaskOrchestrationWorkItem workItem) => Task.CompletedTask;

    public Task<TaskActivityWorkItem> RenewTaskActivityWorkItemLockAsync(TaskActivityWorkItem workItem) =>
        Task.FromResult(workItem);

    public bool IsMaxMessageCountExceeded(int currentMessageCount, OrchestrationRuntimeState runtimeState) => false;

    public int GetDelayInSecondsAfterOnProcessException(Exception exception) => 0;

    public int GetDelayInSecondsAfterOnFetchException(Exception exception) => 0;

    public Task StartAsync() => Task.CompletedTask;

    public Task StopAsync() => Task.CompletedTask;

    public Task StopAsync(bool isForced) => Task.CompletedTask;

    public Task CreateAsync() => Task.CompletedTask;

    public Task CreateAsync(bool recreateInstanceStore) => Task.CompletedTask;

    public Task CreateIfNotExistsAsync() => Task.CompletedTask;

    public Task DeleteAsync() => Task.CompletedTask;

    public Task DeleteAsync(bool deleteInstanceStore) => Task.CompletedTask;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private void Hold(TaskMessage message)
    {
        var timer = (TimerFiredEvent)message.Event;
        var alarm = new Alarm(message, timer.FireAt);
        lock (_gate)
        {
            _alarms.Add(alarm);
        }

        TimeSpan wait = timer.FireAt - Now;
        alarm.Timer = time.CreateTimer(_ => Ring(alarm), null, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Ring(Alarm alarm)
    {
        lock (_gate)
        {
            _alarms.Remove(alarm);
            // The back end would wait for that time by the machine's clock: it is over on that one, too.
            var timer = (TimerFiredEvent)alarm.Message.Event;
            alarm.Message.Event = new TimerFiredEvent(-1, DateTime.UnixEpoch) { TimerId = timer.TimerId, Timestamp = Now };
            Deliver(alarm.Message);
        }
    }

    // As the engine does in Azure: what is for an instance that is not there, or for an earlier one of its name, is dropped.
    private void Deliver(TaskMessage message)
    {
        lock (_gate)
        {
            if (IsOfThisExecution(message, out Load? load) && !load.HasEnded)
            {
                load.Messages++;
                inner.SendTaskOrchestrationMessageAsync(message).GetAwaiter().GetResult();
            }
        }
    }

    private bool IsRunning(TaskMessage message) => IsOfThisExecution(message, out Load? load) && !load.HasEnded;

    private bool IsOfThisExecution(TaskMessage message, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Load? load) =>
        _loads.TryGetValue(message.OrchestrationInstance.InstanceId, out load)
        && (message.OrchestrationInstance.ExecutionId is not { } execution || execution == load.ExecutionId);

    private sealed class Load(string? executionId)
    {
        public string? ExecutionId { get; } = executionId;

        public int Messages { get; set; }

        public int Activities { get; set; }

        public bool IsTaken { get; set; }

        public bool HasEnded { get; set; }
    }

    private sealed class Alarm(TaskMessage message, DateTime dueAt)
    {
        public TaskMessage Message { get; } = message;

        public DateTimeOffset DueAt { get; } = new(DateTime.SpecifyKind(dueAt, DateTimeKind.Utc));

        public ITimer? Timer { get; set; }
    }
}
