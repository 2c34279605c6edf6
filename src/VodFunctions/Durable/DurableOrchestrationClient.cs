using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using VodFunctions.Core.Orchestration;

namespace VodFunctions.Durable;

/// <summary>Core's engine port on Durable Functions.</summary>
public sealed class DurableOrchestrationClient(DurableClientAccessor accessor) : IOrchestrationClient
{
    // Without them an id that is taken is overwritten, or its instance terminated.
    private static readonly OrchestrationRuntimeStatus[] s_all = Enum.GetValues<OrchestrationRuntimeStatus>();

    private static readonly OrchestrationRuntimeStatus[] s_ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <inheritdoc />
    public async Task<bool> StartAsync<TInput>(
        string orchestration, string instanceId, TInput input, CancellationToken cancellationToken)
    {
        // A back end that does not know the dedupe statuses still starts each id once, but for a race of two.
        if (await FindAsync(instanceId, cancellationToken) is not null)
        {
            return false;
        }

        StartOrchestrationOptions options =
            new StartOrchestrationOptions { InstanceId = instanceId }.WithDedupeStatuses(s_all);
        try
        {
            await accessor.Current.ScheduleNewOrchestrationInstanceAsync(orchestration, input, options, cancellationToken);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public Task RaiseEventAsync(string instanceId, string eventName, CancellationToken cancellationToken) => UnlessEndedAsync(
        instanceId, () => accessor.Current.RaiseEventAsync(instanceId, eventName, null, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken) => UnlessEndedAsync(
        instanceId, () => accessor.Current.TerminateInstanceAsync(instanceId, reason, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public async Task<InstanceStatus?> FindAsync(string instanceId, CancellationToken cancellationToken) =>
        (await accessor.Current.GetInstanceAsync(instanceId, cancellationToken))?.RuntimeStatus switch
        {
            null => null,
            OrchestrationRuntimeStatus.Completed => InstanceStatus.Completed,
            OrchestrationRuntimeStatus.Failed => InstanceStatus.Failed,
            OrchestrationRuntimeStatus.Terminated => InstanceStatus.Terminated,
            _ => InstanceStatus.Running,
        };

    /// <inheritdoc />
    public async Task PurgeAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (await FindAsync(instanceId, cancellationToken) is not (null or InstanceStatus.Running))
        {
            await accessor.Current.PurgeInstanceAsync(instanceId, cancellation: cancellationToken);
        }
    }

    /// <inheritdoc />
    public async Task<int> PurgeEndedAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken)
    {
        // The engine's own filter asks when an instance began: one may wait a month for its post.
        var query = new OrchestrationQuery { CreatedTo = endedBefore, Statuses = s_ended, PageSize = 100 };
        int count = 0;
        await foreach (OrchestrationMetadata found in
            accessor.Current.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            if (found.LastUpdatedAt < endedBefore)
            {
                await accessor.Current.PurgeInstanceAsync(found.InstanceId, cancellation: cancellationToken);
                count++;
            }
        }

        return count;
    }

    // Back ends differ in whether an instance that is not there, or has ended, is an error. Here it is none.
    private async Task UnlessEndedAsync(string instanceId, Func<Task> call, CancellationToken cancellationToken)
    {
        try
        {
            await call();
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (await FindAsync(instanceId, cancellationToken) == InstanceStatus.Running)
            {
                throw;
            }
        }
    }
}
