using System.Text.Json;
using Microsoft.DurableTask;
using VodFunctions.Core.Orchestration;

namespace VodFunctions.Durable;

/// <summary>Core's orchestration context on Durable Functions' own.</summary>
internal sealed class DurableContext(TaskOrchestrationContext context) : IOrchestrationContext
{
    /// <inheritdoc />
    public string InstanceId => context.InstanceId;

    /// <inheritdoc />
    public string Version => context.Version;

    /// <inheritdoc />
    public DateTimeOffset UtcNow => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    /// <inheritdoc />
    public bool IsReplaying => context.IsReplaying;

    /// <inheritdoc />
    public async Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityRef<TInput, TOutput> activity, TInput input)
    {
        try
        {
            return await context.CallActivityAsync<TOutput>(activity.Name, input);
        }
        catch (TaskFailedException failure)
        {
            throw new ActivityFailedException(
                activity.Name, failure.FailureDetails.ErrorType, failure.FailureDetails.ErrorMessage);
        }
    }

    /// <inheritdoc />
    public Task CreateTimerAsync(DateTimeOffset fireAt, CancellationToken cancellationToken) =>
        context.CreateTimer(fireAt.UtcDateTime, cancellationToken);

    /// <inheritdoc />
    public Task WaitForExternalEventAsync(string eventName) => context.WaitForExternalEvent<JsonElement?>(eventName);
}
