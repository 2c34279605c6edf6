using Microsoft.DurableTask;

namespace VodFunctions.Core.Orchestration;

/// <summary>What an activity asks of a machine.</summary>
public enum ActivityLoad
{
    /// <summary>Storage calls; many at a time.</summary>
    Light,

    /// <summary>FFmpeg; few at a time, in Azure on the <c>media</c> app.</summary>
    Media,
}

/// <summary>An activity as orchestrations call it and engines find it. Hosts have all of them as services.</summary>
/// <param name="Name">As it stands in histories: never rename.</param>
/// <param name="Load">What it asks of a machine.</param>
public abstract record ActivityName(string Name, ActivityLoad Load);

/// <summary>The same together with its types.</summary>
/// <typeparam name="TInput">Small: names and numbers.</typeparam>
/// <typeparam name="TOutput">Small: names and numbers.</typeparam>
/// <param name="Name">As it stands in histories: never rename.</param>
/// <param name="Load">What it asks of a machine.</param>
public sealed record ActivityName<TInput, TOutput>(string Name, ActivityLoad Load = ActivityLoad.Light) : ActivityName(Name, Load);

/// <summary>The SDK's context in this project's types.</summary>
public static class OrchestrationContextExtensions
{
    extension(TaskOrchestrationContext context)
    {
        /// <summary>The time of the event that is being handled; the same on every replay.</summary>
        public DateTimeOffset UtcNow => new(context.CurrentUtcDateTime, TimeSpan.Zero);

        /// <summary>Runs an activity once or more. Retries are the caller's: see <see cref="RetryExtensions"/>.</summary>
        /// <exception cref="TaskFailedException">The activity threw.</exception>
        public Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityName<TInput, TOutput> activity, TInput input) =>
            context.CallActivityAsync<TOutput>(activity.Name, input);
    }
}
