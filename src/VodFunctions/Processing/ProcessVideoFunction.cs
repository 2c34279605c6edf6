using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Processing;
using VodFunctions.Durable;

namespace VodFunctions.Processing;

/// <summary>Hands the orchestration to Core, which has all of it.</summary>
public static class ProcessVideoFunction
{
    private static readonly OrchestrationDefinition s_definition =
        OrchestrationDefinition.Create(ProcessVideoNames.Orchestration, new ProcessVideo());

    /// <summary>One attempt at one video.</summary>
    [Function(ProcessVideoNames.Orchestration)]
    public static async Task<JsonElement> RunAsync(
        [OrchestrationTrigger] TaskOrchestrationContext context, JsonElement input) =>
        Wire.PackText(await s_definition.InvokeAsync(new DurableContext(context), input.GetRawText()));
}
