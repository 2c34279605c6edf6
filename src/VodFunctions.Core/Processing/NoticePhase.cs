using Microsoft.DurableTask;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing;

/// <summary>
/// The part of <see cref="ProcessVideo"/> after the job's end: waits for the post, pushes the notice until it is
/// acknowledged. What an event says is stored before it is raised, and read again at every timer.
/// </summary>
internal sealed class NoticePhase(TaskOrchestrationContext context, JobId job, JobPolicy policy)
{
    /// <summary>When to look again for a post whose event was lost; the last one again and again.</summary>
    private static readonly TimeSpan[] s_lookAgainAfter =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    public async Task<string> RunAsync(NoticeState state, Task submitted, Task acknowledged)
    {
        DateTimeOffset jobEnded = state.JobEndedAt ?? context.UtcNow;
        state = await WaitForPostAsync(state, new Signal(submitted), jobEnded + policy.PostExpiry);
        if (!state.IsCurrent)
        {
            return "superseded";
        }

        if (!state.IsPosted)
        {
            state = await CallAsync(ProcessVideoActivities.FailNotice);
        }

        // A post that was stored at the last moment keeps FailNotice from failing.
        if (!state.IsPosted)
        {
            await context.CreateTimer((jobEnded + policy.UnpostedMedia).UtcDateTime, CancellationToken.None);
            await context.CallWithRetryAsync(ProcessVideoActivities.ExpireVideo, job, RetrySchedule.Persistent);
            return "expired";
        }

        state = await CallAsync(ProcessVideoActivities.OpenNotice);
        state = await PushUntilAcknowledgedAsync(state, new Signal(acknowledged));
        if (!state.IsCurrent)
        {
            return "superseded";
        }

        if (state.Status == NotificationStatus.Completed)
        {
            return "acknowledged";
        }

        state = await CallAsync(ProcessVideoActivities.FailNotice);
        return state.Status == NotificationStatus.Completed ? "acknowledged" : "unacknowledged";
    }

    private async Task<NoticeState> WaitForPostAsync(NoticeState state, Signal submitted, DateTimeOffset expiresAt)
    {
        for (int round = 0; state is { IsCurrent: true, IsPosted: false } && context.UtcNow < expiresAt; round++)
        {
            TimeSpan wait = s_lookAgainAfter[Math.Min(round, s_lookAgainAfter.Length - 1)];
            await WaitAsync(submitted, Earlier(context.UtcNow + wait, expiresAt));
            state = await CallAsync(ProcessVideoActivities.ReadNotice);
        }

        return state;
    }

    private async Task<NoticeState> PushUntilAcknowledgedAsync(NoticeState state, Signal acknowledged)
    {
        DateTimeOffset giveUpAt = (state.DueAt ?? context.UtcNow) + policy.GiveUpAfter;
        for (int round = 0; IsOpen(state) && context.UtcNow < giveUpAt; round++)
        {
            state = await PushAsync(state);
            TimeSpan wait = policy.PushAgainAfter[Math.Min(round, policy.PushAgainAfter.Count - 1)];
            DateTimeOffset nextAt = Earlier(context.UtcNow + wait, giveUpAt);
            // An event that the record knows nothing of does not bring the next push forward.
            while (IsOpen(state) && context.UtcNow < nextAt)
            {
                await WaitAsync(acknowledged, nextAt);
                state = await CallAsync(ProcessVideoActivities.ReadNotice);
            }
        }

        return state;

        static bool IsOpen(NoticeState state) => state.IsCurrent && state.Status != NotificationStatus.Completed;
    }

    private async Task<NoticeState> PushAsync(NoticeState state)
    {
        try
        {
            return await context.CallWithRetryAsync(ProcessVideoActivities.PushNotice, job, policy.Retry);
        }
        catch (TaskFailedException)
        {
            // The push service is down: the schedule goes on, and the notice is found under GET notifications meanwhile.
            return state;
        }
    }

    /// <summary>
    /// Waits for the event, but not past a time; the record is read next. An event that was there at an earlier read no longer
    /// counts: the record decides. One that came since then, while something else was awaited, is not waited for again.
    /// </summary>
    private async Task WaitAsync(Signal signal, DateTimeOffset until)
    {
        if (signal.IsSpent)
        {
            await context.CreateTimer(until.UtcDateTime, CancellationToken.None);
            return;
        }

        if (!signal.Happened.IsCompleted)
        {
            using var lost = new CancellationTokenSource();
            await Task.WhenAny(signal.Happened, context.CreateTimer(until.UtcDateTime, lost.Token));
            lost.Cancel();
        }

        signal.IsSpent = signal.Happened.IsCompleted;
    }

    private Task<NoticeState> CallAsync(ActivityName<JobId, NoticeState> activity) =>
        context.CallWithRetryAsync(activity, job, RetrySchedule.Persistent);

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    /// <summary>The one wait for an event.</summary>
    private sealed class Signal(Task happened)
    {
        public Task Happened { get; } = happened;

        /// <summary>Whether the record has been read since it happened.</summary>
        public bool IsSpent { get; set; }
    }
}
