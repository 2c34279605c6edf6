using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable.Journaling;
using VodFunctions.Local.Durable.Replay;

namespace VodFunctions.Local.Durable.Running;

/// <summary>Takes instances that have messages, replays them and commits the step.</summary>
internal sealed class StepLoop(
    ReadyInstances ready, StepJournal journal, StepRunner steps, WorkQueue work, TimerLoop timers, JournalRetry retry,
    TimeProvider clock, ILogger<EmbeddedRunner> logger)
{
    /// <summary>Runs until the host stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            long serial = await ready.TakeAsync(stopping);
            try
            {
                await StepAsync(serial, stopping);
            }
            finally
            {
                ready.Done(serial);
            }
        }
    }

    private async Task StepAsync(long serial, CancellationToken stopping)
    {
        string name = $"The step of instance {serial}";
        if (await retry.RunAsync(name, () => journal.Load(serial), stopping) is not PendingStep step)
        {
            return;
        }

        if (steps.IsNewer(step))
        {
            logger.InstanceIsNewer(step.InstanceId);
            return;
        }

        StepResult result = steps.Run(
            step, clock.GetUtcNow(), left => ReportLeft(serial, left, stopping), out Exception? error);
        if (await retry.RunAsync(name, () => journal.Commit(step, result), stopping) is not { } newWork)
        {
            return;
        }

        foreach (WorkItem item in newWork)
        {
            work.Add(item);
        }

        if (result.Entries.Any(entry => entry.Kind == JournalEventKind.TimerCreated))
        {
            timers.Wake();
        }

        if (result.Ending is { } ending)
        {
            work.Cancel(serial);
            Log(step.InstanceId, ending, error);
        }
    }

    // Called by whoever ran into the closed scheduler, wherever that was.
    private void ReportLeft(long serial, string what, CancellationToken stopping) =>
        Task.Run(() => ReportLeftAsync(serial, what, stopping), CancellationToken.None);

    private async Task ReportLeftAsync(long serial, string what, CancellationToken stopping)
    {
        try
        {
            if (await retry.RunAsync(
                $"The report on instance {serial}", () => journal.ReportLeftContext(serial, what, clock.GetUtcNow()), stopping))
            {
                ready.Add(serial);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The host stops; the next run comes upon the same code again.
        }
    }

    private void Log(string instanceId, StepEnding ending, Exception? error)
    {
        if (ending.Status == InstanceStatus.Completed)
        {
            logger.InstanceCompleted(instanceId);
        }
        else
        {
            logger.InstanceFailed(error, instanceId);
        }
    }
}
