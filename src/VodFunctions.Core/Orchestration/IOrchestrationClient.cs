namespace VodFunctions.Core.Orchestration;

/// <summary>Starts, signals and ends orchestrations. Implemented by Durable Functions and by the embedded runner.</summary>
public interface IOrchestrationClient
{
    /// <summary>Starts an instance, once per id for as long as its history is kept.</summary>
    /// <returns>
    /// False when the id is taken, by a running or an ended instance; then nothing changed. True when the engine took the
    /// start: of two at once it may still drop one.
    /// </returns>
    Task<bool> StartAsync<TInput>(
        string orchestration, string instanceId, TInput input, CancellationToken cancellationToken);

    /// <summary>Delivers an event at least once. Without effect when the instance does not exist or has ended.</summary>
    Task RaiseEventAsync(string instanceId, string eventName, CancellationToken cancellationToken);

    /// <summary>Ends an instance where it is. A running activity may go on: it watches its own record.</summary>
    Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken);

    /// <summary>How an instance stands; null when the id is not taken.</summary>
    Task<InstanceStatus?> FindAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Forgets one instance that has ended, its history included. Without effect when it runs or is unknown.</summary>
    Task PurgeAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Forgets all instances that ended before that time.</summary>
    /// <returns>How many.</returns>
    Task<int> PurgeEndedAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken);
}

/// <summary>How an instance stands.</summary>
public enum InstanceStatus
{
    /// <summary>Started or waiting.</summary>
    Running,

    /// <summary>Ended by itself.</summary>
    Completed,

    /// <summary>Its code threw.</summary>
    Failed,

    /// <summary>Ended from outside.</summary>
    Terminated,
}
