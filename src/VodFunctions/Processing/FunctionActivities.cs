using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Videos;

namespace VodFunctions.Processing;

/// <summary>Runs Core's activities in functions.</summary>
internal static class FunctionActivities
{
    /// <summary>Runs the activity of that name with the token of the call.</summary>
    public static async Task<TOutput> RunActivityAsync<TInput, TOutput>(
        this FunctionContext context, ActivityName<TInput, TOutput> name, TInput input)
        where TInput : IOfJob
    {
        ITaskActivity activity = context.InstanceServices.GetRequiredKeyedService<ITaskActivity>(name.Name);
        // An instance is called after its job.
        var run = new VodActivityContext(name.Name, input.Job.ToString(), context.CancellationToken);
        return (TOutput)(await activity.RunAsync(run, input))!;
    }
}
