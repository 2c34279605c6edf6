using Microsoft.Extensions.Options;
using VodFunctions.Core.Json;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Durable.Running;

/// <summary>
/// The client of the embedded runner. A call has happened when its task ends: it is in the journal, also when the
/// runner
/// does not run yet or any more.
/// </summary>
internal sealed class EmbeddedOrchestrationClient(
    ClientJournal journal, IOptions<DurableRunnerOptions> options, ReadyInstances ready, WorkQueue work, TimeProvider clock, ILogger<EmbeddedRunner> logger)
    : IOrchestrationClient
{
    /// <inheritdoc />
    public Task<bool> StartAsync<TInput>(
        string orchestration, string instanceId, TInput input, CancellationToken cancellationToken) => Do(() =>
        {
            long? serial = journal.Start(orchestration, options.Value.Version, instanceId, VodJson.Serialize(input), clock.GetUtcNow());
            if (serial is long started)
            {
                logger.InstanceStarted(instanceId, orchestration);
                ready.Add(started);
            }

            return serial is not null;
        }, cancellationToken);

    /// <inheritdoc />
    public Task RaiseEventAsync(string instanceId, string eventName, CancellationToken cancellationToken) =>
        Do(() =>
        {
            if (journal.Raise(instanceId, eventName, clock.GetUtcNow()) is long serial)
            {
                ready.Add(serial);
            }

            return true;
        }, cancellationToken);

    /// <inheritdoc />
    public Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken) =>
        Do(() =>
        {
            if (journal.Terminate(instanceId, reason, clock.GetUtcNow()) is long serial)
            {
                logger.InstanceTerminated(instanceId, reason);
                work.Cancel(serial);
            }

            return true;
        }, cancellationToken);

    /// <inheritdoc />
    public Task<InstanceStatus?> FindAsync(string instanceId, CancellationToken cancellationToken) =>
        Do(() => journal.Find(instanceId), cancellationToken);

    /// <inheritdoc />
    public Task PurgeAsync(string instanceId, CancellationToken cancellationToken) => Do(() =>
    {
        journal.Purge(instanceId);
        return true;
    }, cancellationToken);

    /// <inheritdoc />
    public Task<int> PurgeEndedAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken) =>
        Do(() =>
        {
            int count = journal.PurgeEnded(endedBefore);
            logger.InstancesPurged(count);
            return count;
        }, cancellationToken);

    // SQLite has no asynchronous calls: a sync of the disk must not hold a thread of the HTTP server's loop for its
    // caller.
    private static Task<T> Do<T>(Func<T> action, CancellationToken cancellationToken) => Task.Run(action, cancellationToken);
}
