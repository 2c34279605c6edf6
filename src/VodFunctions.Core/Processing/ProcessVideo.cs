using Microsoft.DurableTask;
using VodFunctions.Core.Orchestration;

namespace VodFunctions.Core.Processing;

/// <summary>
/// One attempt at one video, from the stored upload to the acknowledged notice. Deterministic: time comes from the context,
/// settings from OpenJob, everything else from activities. Started anew for a job that has ended, it goes on with the notice.
/// </summary>
public sealed class ProcessVideo : TaskOrchestrator<UploadedVideo, string>
{
    private static readonly TimeSpan s_stragglers = TimeSpan.FromMinutes(10);

    /// <summary>Runs one attempt.</summary>
    /// <returns>A word for the operators' listing.</returns>
    public override async Task<string> RunAsync(TaskOrchestrationContext context, UploadedVideo input)
    {
        // One uncancelled wait for each event, from the start: they may come at any time.
        Task submitted = context.WaitForExternalEvent<object>(ProcessVideoNames.FeedSubmitted);
        Task acknowledged = context.WaitForExternalEvent<object>(ProcessVideoNames.NoticeAcknowledged);

        OpenedJob opened = await context.CallWithRetryAsync(
            ProcessVideoActivities.OpenJob, input, RetrySchedule.Persistent);
        if (opened.Policy is not { } policy)
        {
            return "refused";
        }

        NoticeState state = opened.Ended ?? await RunJobAsync(context, input, policy);
        await context.CallWithRetryAsync(ProcessVideoActivities.CleanUp, input.Job, RetrySchedule.Persistent);

        var notice = new NoticePhase(context, input.Job, policy);
        string outcome = state.IsCurrent ? await notice.RunAsync(state, submitted, acknowledged) : "superseded";
        await context.CallWithRetryAsync(ProcessVideoActivities.Settle, input.Job, RetrySchedule.Persistent);
        return outcome;
    }

    private static async Task<NoticeState> RunJobAsync(TaskOrchestrationContext context, UploadedVideo input, JobPolicy policy)
    {
        var job = new JobPhase(context, input, policy);
        JobEnding ending = await job.RunAsync();
        NoticeState state = await context.CallWithRetryAsync(
            ProcessVideoActivities.CloseJob, ending, RetrySchedule.Persistent);

        // What still runs sees that the job has ended and stops; only then is everything it wrote there to be removed.
        await WaitForStragglersAsync(context, job.Stragglers);
        return state;
    }

    private static async Task WaitForStragglersAsync(TaskOrchestrationContext context, IReadOnlyList<Task> stragglers)
    {
        if (stragglers.Count == 0)
        {
            return;
        }

        using var lost = new CancellationTokenSource();
        Task patience = context.CreateTimer(s_stragglers, lost.Token);
        await Task.WhenAny(Task.WhenAll(stragglers), patience);
        lost.Cancel();
    }
}
