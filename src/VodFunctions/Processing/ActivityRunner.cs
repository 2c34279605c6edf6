using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using VodFunctions.Core.Orchestration;
using VodFunctions.Durable;

namespace VodFunctions.Processing;

/// <summary>Runs an activity of Core by its function's name.</summary>
public sealed class ActivityRunner(IServiceProvider services, IEnumerable<ActivityDefinition> activities)
{
    private readonly Dictionary<string, ActivityDefinition> _byName = activities.ToDictionary(activity => activity.Name);

    /// <summary>Runs it, JSON in and JSON out.</summary>
    public async Task<JsonElement> RunAsync(FunctionContext context, JsonElement input) => Wire.PackText(
        await _byName[context.FunctionDefinition.Name].InvokeAsync(services, input.GetRawText(), context.CancellationToken));
}
