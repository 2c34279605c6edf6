using Microsoft.DurableTask;
using VodFunctions.Core.Json;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Durable.Running;

/// <summary>Takes owed activity runs, one after the other, and journals how they end.</summary>
internal sealed class ActivityLoop(
    WorkQueue work, WorkJournal journal, ReadyInstances ready, JournalRetry retry, IServiceScopeFactory scopes,
    TimeProvider clock, ILogger<EmbeddedRunner> logger)
{
    /// <summary>Runs until the host stops. As many of these as run at the same time may do so.</summary>
    public async Task RunAsync(ActivityLoad load, CancellationToken stopping)
    {
        while (true)
        {
            WorkItem item = await work.TakeAsync(load, stopping);
            await RunAsync(item, stopping);
        }
    }

    private async Task RunAsync(WorkItem item, CancellationToken stopping)
    {
        // In this order: an instance that ends meanwhile either is seen here, or finds the run in the list and cancels
        // it.
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using IDisposable tracked = work.Track(item, cancellation);
        if (!await retry.RunAsync("An activity", () => journal.IsOwed(item), stopping))
        {
            return;
        }

        logger.ActivityStarted(item.InstanceId, item.Activity, item.Number);
        JournalEvent? result = await InvokeAsync(item, cancellation, stopping);
        if (result is null)
        {
            return;
        }

        // A result that is there when the host stops is still written.
        if (await retry.RunAsync("An activity's result", () => journal.Finish(item, result), stopping))
        {
            ready.Add(item.Serial);
        }
        else
        {
            logger.ActivityIgnored(item.InstanceId, item.Activity, item.Number);
        }
    }

    private async Task<JournalEvent?> InvokeAsync(
        WorkItem item, CancellationTokenSource cancellation, CancellationToken stopping)
    {
        DateTimeOffset started = clock.GetUtcNow();
        try
        {
            string output;
            await using (AsyncServiceScope scope = scopes.CreateAsyncScope())
            {
                ITaskActivity activity = scope.ServiceProvider.GetKeyedService<ITaskActivity>(item.Activity)
                    ?? throw new InvalidOperationException($"There is no activity called {item.Activity}.");
                output = VodJson.Serialize(await activity.RunAsync(
                    new VodActivityContext(item.Activity, item.InstanceId, cancellation.Token),
                    VodJson.Deserialize(item.Input, activity.InputType)));
            }

            logger.ActivityCompleted(item.InstanceId, item.Activity, item.Number);
            return new JournalEvent(
                JournalEventKind.ActivityCompleted, clock.GetUtcNow(), item.Number, item.Activity, output, started);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Whatever it threw, it threw it because the host stops. It stays owed.
            logger.ActivityInterrupted(item.InstanceId, item.Activity, item.Number);
            return null;
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // Its instance has ended: nobody waits for the result.
            logger.ActivityIgnored(item.InstanceId, item.Activity, item.Number);
            return null;
        }
        catch (Exception error)
        {
            logger.ActivityFailed(error, item.InstanceId, item.Activity, item.Number);
            return new JournalEvent(
                JournalEventKind.ActivityFailed, clock.GetUtcNow(), item.Number, error.GetType().FullName,
                ErrorText.Cut(error.Message), started);
        }
    }
}
