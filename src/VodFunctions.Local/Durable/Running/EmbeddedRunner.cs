using Microsoft.Extensions.Options;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Settings;
using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Durable.Running;

/// <summary>
/// The embedded durable runner, for one machine: goes on where the journal says, whatever ended the last run. When the
/// host stops, running activities are cancelled and stay owed.
/// </summary>
internal sealed class EmbeddedRunner(
    StepLoop steps, ActivityLoop activities, TimerLoop timers, StepJournal stepJournal, WorkJournal workJournal,
    ReadyInstances readyInstances, WorkQueue work, IOptions<DurableRunnerOptions> options, IOptions<VodOptions> vod,
    ILogger<EmbeddedRunner> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _loops = Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Owed work first: what a step adds later is not in this list, so nothing is taken twice.
        IReadOnlyList<WorkItem> owed = workJournal.Owed();
        IReadOnlyList<long> ready = stepJournal.Ready();
        foreach (WorkItem item in owed)
        {
            work.Add(item);
        }

        foreach (long serial in ready)
        {
            readyInstances.Add(serial);
        }

        int mediaParallelism = options.Value.MediaParallelism ?? vod.Value.Transcoding.Parallelism;
        logger.RunnerStarted(ready.Count, owed.Count);
        _loops = Task.WhenAll(
        [
            Loop(timers.RunAsync),
            .. Enumerable.Range(0, options.Value.StepParallelism).Select(_ => Loop(steps.RunAsync)),
            .. Enumerable.Range(0, options.Value.LightParallelism).Select(_ =>
                Loop(stopping => activities.RunAsync(ActivityLoad.Light, stopping))),
            .. Enumerable.Range(0, mediaParallelism).Select(_ =>
                Loop(stopping => activities.RunAsync(ActivityLoad.Media, stopping))),
        ]);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loops.WaitAsync(cancellationToken);
        logger.RunnerStopped();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task Loop(Func<CancellationToken, Task> run)
    {
        CancellationToken stopping = _stopping.Token;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Run(() => run(stopping), CancellationToken.None);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                // That is how a loop ends; or an activity outlived the host's patience, and the journal: it stays owed.
            }
            catch (Exception error)
            {
                // Nothing in them should throw. If something does, one instance waits until the next start, not all of
                // them.
                logger.LoopFailed(error);
            }
        }
    }
}
