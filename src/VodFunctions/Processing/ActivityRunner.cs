using Microsoft.Azure.Functions.Worker;
using VodFunctions.Core.Orchestration;

namespace VodFunctions.Processing;

/// <summary>Runs an activity of Core.</summary>
public sealed class ActivityRunner(IServiceProvider services, IEnumerable<ActivityDefinition> activities)
{
    private readonly Dictionary<string, ActivityDefinition> _byName = activities.ToDictionary(activity => activity.Name);

    /// <summary>Runs it with the token of the call.</summary>
    public async Task<TOutput> RunAsync<TInput, TOutput>(
        ActivityRef<TInput, TOutput> activity, TInput input, FunctionContext context)
        where TInput : notnull =>
        (TOutput)await _byName[activity.Name].RunAsync(services, input, context.CancellationToken);
}
