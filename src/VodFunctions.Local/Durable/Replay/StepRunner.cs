using Microsoft.DurableTask;
using Microsoft.DurableTask.Abstractions;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Durable.Replay;

/// <summary>
/// Turns an instance's history and its new messages into the next step. The code runs twice: first to find out what it
/// does, then to see that it does the same again, before anything of it is written or done.
/// </summary>
internal sealed class StepRunner(IServiceProvider services, IOptions<DurableRunnerOptions> options)
{
    /// <summary>
    /// Whether a newer program started the instance. It waits for that one: failed, it would be lost when an upgrade is taken
    /// back for a while.
    /// </summary>
    public bool IsNewer(PendingStep step) => TaskOrchestrationVersioningUtils.CompareVersions(
        step.History.Concat(step.Messages).First(entry => entry.Kind == JournalEventKind.Started).Payload ?? "",
        options.Value.Version) > 0;

    /// <summary>Runs a step. Whatever the code does, only its own instance can fail.</summary>
    /// <param name="step">The instance and its messages.</param>
    /// <param name="clock">The machine's time.</param>
    /// <param name="leftLater">Told when the code turns up on another thread afterwards.</param>
    /// <param name="error">What it threw, for the log.</param>
    public StepResult Run(PendingStep step, DateTimeOffset clock, Action<string> leftLater, out Exception? error)
    {
        DateTimeOffset now = StepTime(step, clock);
        ReplayOutcome outcome;
        try
        {
            outcome = Replay(step, now, leftLater);
        }
        catch (Exception caught)
        {
            outcome = new ReplayOutcome([], true, null, caught);
        }

        error = outcome.Error;
        List<JournalEvent> entries = [new JournalEvent(JournalEventKind.StepStarted, now), .. step.Messages, .. outcome.Actions];
        if (!outcome.Ended)
        {
            return new StepResult(entries, null);
        }

        if (outcome.Error is null)
        {
            entries.Add(new JournalEvent(JournalEventKind.Completed, now, Payload: outcome.Output));
            return new StepResult(entries, new StepEnding(InstanceStatus.Completed, now, outcome.Output, null));
        }

        string type = outcome.Error.GetType().FullName!;
        string message = ErrorText.Cut(outcome.Error.Message);
        entries.Add(new JournalEvent(JournalEventKind.Failed, now, Name: type, Payload: message));
        return new StepResult(entries, new StepEnding(InstanceStatus.Failed, now, null, $"{type}: {message}"));
    }

    private ReplayOutcome Replay(PendingStep step, DateTimeOffset now, Action<string> leftLater)
    {
        ITaskOrchestrator code = services.GetKeyedService<ITaskOrchestrator>(step.Orchestration)
            ?? throw new InvalidOperationException($"There is no orchestration called {step.Orchestration}.");
        IReadOnlyList<RecordedStep> past = RecordedStep.Cut(step.History);
        var next = new RecordedStep(now, step.Messages, Actions: null);
        ReplayOutcome first = new OrchestrationReplay(code, step, leftLater).Run([.. past, next]);

        var recorded = next with { Actions = first.Actions };
        ReplayOutcome second = new OrchestrationReplay(code, step, leftLater).Run([.. past, recorded]);
        if (first.Ended != second.Ended || first.Output != second.Output || first.Error?.GetType() != second.Error?.GetType())
        {
            throw new NonDeterministicOrchestrationException(
                $"Instance {step.InstanceId} is not deterministic: it ended in {Describe(first)}, and again in {Describe(second)}.");
        }

        return first;
    }

    private static string Describe(ReplayOutcome outcome) =>
        outcome.Error?.GetType().Name ?? outcome.Output ?? "a wait";

    // Time never goes back inside an instance, and a timer is never early, whatever happens to the machine's clock.
    private static DateTimeOffset StepTime(PendingStep step, DateTimeOffset clock) =>
        step.History.Concat(step.Messages).Select(entry => entry.At).Append(clock).Max();
}
