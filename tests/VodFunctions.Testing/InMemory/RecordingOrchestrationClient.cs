using System.Collections.Concurrent;
using VodFunctions.Core.Json;
using VodFunctions.Core.Orchestration;

namespace VodFunctions.Testing.InMemory;

/// <summary>Starts nothing: remembers what it was asked, with the engine's rules (one start an id, no effect on ended ones).</summary>
public sealed class RecordingOrchestrationClient(TimeProvider time) : IOrchestrationClient
{
    private readonly ConcurrentDictionary<string, Instance> _instances = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string InstanceId, string EventName)> _raised = new();
    private readonly ConcurrentQueue<string> _terminateCalls = new();

    /// <summary>Instances by id.</summary>
    public IReadOnlyDictionary<string, Instance> Instances => _instances;

    /// <summary>Every event that was raised, delivered or not, in order.</summary>
    public IReadOnlyList<(string InstanceId, string EventName)> Raised => [.. _raised];

    /// <summary>Every id that was to be terminated, in order.</summary>
    public IReadOnlyList<string> TerminateCalls => [.. _terminateCalls];

    /// <summary>Lets an instance end by itself.</summary>
    public void End(string instanceId, InstanceStatus status = InstanceStatus.Completed) =>
        _instances[instanceId] = _instances[instanceId] with { Status = status, EndedAt = time.GetUtcNow() };

    public Task<bool> StartAsync<TInput>(
        string orchestration, string instanceId, TInput input, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var instance = new Instance(orchestration, VodJson.Serialize(input), InstanceStatus.Running, null);
        return Task.FromResult(_instances.TryAdd(instanceId, instance));
    }

    public Task RaiseEventAsync(string instanceId, string eventName, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _raised.Enqueue((instanceId, eventName));
        return Task.CompletedTask;
    }

    public Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _terminateCalls.Enqueue(instanceId);
        if (_instances.TryGetValue(instanceId, out Instance? found) && found.Status == InstanceStatus.Running)
        {
            End(instanceId, InstanceStatus.Terminated);
        }

        return Task.CompletedTask;
    }

    public Task<InstanceStatus?> FindAsync(string instanceId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_instances.GetValueOrDefault(instanceId)?.Status);
    }

    public Task PurgeAsync(string instanceId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_instances.TryGetValue(instanceId, out Instance? found) && found.EndedAt is not null)
        {
            _instances.TryRemove(instanceId, out _);
        }

        return Task.CompletedTask;
    }

    public Task<int> PurgeEndedAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_instances
            .Where(entry => entry.Value.EndedAt < endedBefore)
            .Count(entry => _instances.TryRemove(entry)));
    }

    /// <summary>A started instance.</summary>
    /// <param name="Orchestration">Its name.</param>
    /// <param name="InputJson">What it was given.</param>
    /// <param name="Status">How it stands.</param>
    /// <param name="EndedAt">When it ended.</param>
    public sealed record Instance(string Orchestration, string InputJson, InstanceStatus Status, DateTimeOffset? EndedAt);
}
