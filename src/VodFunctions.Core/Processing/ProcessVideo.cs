using VodFunctions.Core.Orchestration;

namespace VodFunctions.Core.Processing;

/// <summary>
/// One attempt at one video, from the stored upload to the acknowledged notice. Deterministic: time comes from the context,
/// settings from OpenJob, everything else from activities.
/// </summary>
public sealed class ProcessVideo : IOrchestration<UploadedVideo, string>
{
    private static readonly TimeSpan s_stragglers = TimeSpan.FromMinutes(10);

    /// <summary>Runs one attempt.</summary>
    /// <returns>A word for the operators' listing.</returns>
    public async Task<string> RunAsync(IOrchestrationContext context, UploadedVideo input)
    {
        // One uncancelled wait for each event, from the start: they may come at any time.
        Task submitted = context.WaitForExternalEventAsync(ProcessVideoNames.FeedSubmitted);
        Task acknowledged = context.WaitForExternalEventAsync(ProcessVideoNames.NoticeAcknowledged);

        OpenedJob opened = await context.CallWithRetryAsync(
            ProcessVideoActivities.OpenJob, input, RetryPolicy.Persistent);
        if (opened.Policy is not { } policy)
        {
            return "refused";
        }

        var job = new JobPhase(context, input, policy);
        JobEnding ending = await job.RunAsync();
        NoticeState state = await context.CallWithRetryAsync(
            ProcessVideoActivities.CloseJob, ending, RetryPolicy.Persistent);

        // What still runs sees that the job has ended and stops; only then is everything it wrote there to be removed.
        await WaitForStragglersAsync(context, job.Stragglers);
        await context.CallWithRetryAsync(ProcessVideoActivities.CleanUp, input.Job, RetryPolicy.Persistent);

        var notice = new NoticePhase(context, input.Job, policy);
        return state.IsCurrent ? await notice.RunAsync(state, submitted, acknowledged) : "superseded";
    }

    private static async Task WaitForStragglersAsync(IOrchestrationContext context, IReadOnlyList<Task> stragglers)
    {
        if (stragglers.Count == 0)
        {
            return;
        }

        using var lost = new CancellationTokenSource();
        Task patience = context.CreateTimerAsync(context.UtcNow + s_stragglers, lost.Token);
        await Task.WhenAny(Task.WhenAll(stragglers), patience);
        lost.Cancel();
    }
}
