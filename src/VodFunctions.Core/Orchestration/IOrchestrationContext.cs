namespace VodFunctions.Core.Orchestration;

/// <summary>
/// All that an orchestration may touch. Implemented by Durable Functions and by the embedded runner, with the same meaning:
/// the orchestration is replayed from its history, so the same calls must come in the same order every time.
/// </summary>
public interface IOrchestrationContext
{
    /// <summary>The instance's id.</summary>
    string InstanceId { get; }

    /// <summary>
    /// The version of the orchestration that the instance was started with; empty when it was started before there were any.
    /// It never changes: ask it with <see cref="OrchestrationVersions.IsSince"/> where the order of calls has changed.
    /// </summary>
    string Version { get; }

    /// <summary>The time of the event that is being handled; the same on every replay.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Whether what runs now has run before.</summary>
    bool IsReplaying { get; }

    /// <summary>Runs an activity once or more. Retries are the caller's: see <see cref="RetryExtensions"/>.</summary>
    /// <exception cref="ActivityFailedException">The activity threw.</exception>
    Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityRef<TInput, TOutput> activity, TInput input);

    /// <summary>Ends at that time, or in <see cref="OperationCanceledException"/> when cancelled. Cancel timers that lost a race.</summary>
    Task CreateTimerAsync(DateTimeOffset fireAt, CancellationToken cancellationToken);

    /// <summary>
    /// Ends with the next event of that name; events that came before are buffered. Call it once per expected event and
    /// race that task: an abandoned wait would swallow the next event.
    /// </summary>
    Task WaitForExternalEventAsync(string eventName);
}

/// <summary>Names an activity together with its types.</summary>
/// <typeparam name="TInput">Small: names and numbers.</typeparam>
/// <typeparam name="TOutput">Small: names and numbers.</typeparam>
/// <param name="Name">As the engine knows it.</param>
public sealed record ActivityRef<TInput, TOutput>(string Name);

/// <summary>A unit of work with side effects. Runs at least once, so a second run must come out the same.</summary>
/// <typeparam name="TInput">Small: names and numbers.</typeparam>
/// <typeparam name="TOutput">Small: names and numbers.</typeparam>
public interface IActivity<TInput, TOutput>
{
    /// <summary>Does the work. What it throws is retried; what must not be retried is returned as a value.</summary>
    Task<TOutput> RunAsync(TInput input, CancellationToken cancellationToken);
}

/// <summary>Deterministic code over an <see cref="IOrchestrationContext"/>.</summary>
/// <typeparam name="TInput">Small: names and numbers.</typeparam>
/// <typeparam name="TOutput">Small: names and numbers.</typeparam>
public interface IOrchestration<TInput, TOutput>
{
    /// <summary>Runs, again and again, from the start.</summary>
    Task<TOutput> RunAsync(IOrchestrationContext context, TInput input);
}

/// <summary>An activity threw.</summary>
/// <param name="activityName">Which.</param>
/// <param name="errorType">The exception's full type name.</param>
/// <param name="message">The exception's message.</param>
public sealed class ActivityFailedException(string activityName, string errorType, string message)
    : Exception($"{activityName} failed: {message}")
{
    /// <summary>Which activity.</summary>
    public string ActivityName { get; } = activityName;

    /// <summary>The exception's full type name.</summary>
    public string ErrorType { get; } = errorType;

    /// <summary>The exception's own message.</summary>
    public string ErrorMessage { get; } = message;
}
