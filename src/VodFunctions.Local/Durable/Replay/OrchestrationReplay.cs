using Microsoft.DurableTask;
using VodFunctions.Core.Json;
using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Durable.Replay;

/// <summary>How the code stands after a replay.</summary>
/// <param name="Actions">What it did in the last step.</param>
/// <param name="Ended">Whether it ended.</param>
/// <param name="Output">JSON, when it returned.</param>
/// <param name="Error">What it threw.</param>
internal sealed record ReplayOutcome(IReadOnlyList<JournalEvent> Actions, bool Ended, string? Output, Exception? Error);

/// <summary>Runs the code of an instance once from its start through all steps of its history.</summary>
/// <param name="code">The code.</param>
/// <param name="step">The instance.</param>
/// <param name="leftLater">Told when the code turns up on another thread after the replay.</param>
internal sealed class OrchestrationReplay(ITaskOrchestrator code, PendingStep step, Action<string> leftLater)
{
    private string? _left;
    private volatile bool _closed;
    private Task<string>? _task;

    /// <summary>Replays.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">The code did something else than recorded, or left its
    /// context.</exception>
    public ReplayOutcome Run(IReadOnlyList<RecordedStep> steps)
    {
        var scheduler = new StepScheduler(OnLeft);
        var context = new ReplayContext(step, scheduler);
        IReadOnlyList<JournalEvent> actions = [];
        try
        {
            for (int index = 0; index < steps.Count; index++)
            {
                actions = RunStep(scheduler, context, steps[index], isLast: index == steps.Count - 1);
            }
        }
        finally
        {
            scheduler.Close();
            _closed = true;
        }

        ThrowIfLeft();
        return Outcome(context, actions);
    }

    private IReadOnlyList<JournalEvent> RunStep(
        StepScheduler scheduler, ReplayContext context, RecordedStep recorded, bool isLast)
    {
        context.BeginStep(recorded.At, replaying: !isLast || recorded.Actions is not null);
        foreach (JournalEvent message in recorded.Messages)
        {
            scheduler.Run(() => Handle(scheduler, context, message));
            if (_task is { IsCompleted: true })
            {
                break;
            }
        }

        ThrowIfLeft();
        if (!isLast && _task is { IsCompleted: true } ended)
        {
            throw new NonDeterministicOrchestrationException(
                $"Instance {step.InstanceId} ended on replay ({ended.Exception?.InnerException?.Message ?? "it returned"}) " +
                "where its history goes on.");
        }

        IReadOnlyList<JournalEvent> actions = context.TakeActions();
        if (recorded.Actions is not null)
        {
            ActionCheck.Same(step.InstanceId, recorded.Actions, actions);
        }

        return actions;
    }

    private void Handle(StepScheduler scheduler, ReplayContext context, JournalEvent message)
    {
        if (message.Kind != JournalEventKind.Started)
        {
            context.Deliver(message);
            return;
        }

        context.Begin(message.Payload ?? "");
        _task = InvokeAsync(context);
        _task.ContinueWith(
            _ =>
            {
                if (!scheduler.IsInside)
                {
                    OnLeft("It went on, on another thread, after a task that is not of its context.");
                }
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task<string> InvokeAsync(ReplayContext context) =>
        VodJson.Serialize(await code.RunAsync(context, VodJson.Deserialize(step.Input, code.InputType)));

    private ReplayOutcome Outcome(ReplayContext context, IReadOnlyList<JournalEvent> actions)
    {
        if (_task is { IsCompletedSuccessfully: true })
        {
            return new ReplayOutcome(actions, true, _task.Result, null);
        }

        if (_task is { IsCompleted: true })
        {
            Exception error = _task.Exception?.InnerException ?? new TaskCanceledException(_task);
            return new ReplayOutcome(actions, true, null, error);
        }

        if (!context.IsWaiting)
        {
            throw new NonDeterministicOrchestrationException(
                $"Instance {step.InstanceId} has not ended and waits for nothing of its context: it awaits another task.");
        }

        return new ReplayOutcome(actions, false, null, null);
    }

    private void ThrowIfLeft()
    {
        if (Volatile.Read(ref _left) is { } what)
        {
            throw new NonDeterministicOrchestrationException($"Instance {step.InstanceId} left its context. {what}");
        }
    }

    private void OnLeft(string what)
    {
        // Closing comes before the last look at this: one of the two sees it.
        bool first = Interlocked.CompareExchange(ref _left, what, null) is null;
        if (first && _closed)
        {
            leftLater(what);
        }
    }
}
