using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using VodFunctions.Core.Processing;

namespace VodFunctions.Processing;

/// <summary>Hands the orchestration to Core, which has all of it.</summary>
public static class ProcessVideoFunction
{
    private static readonly ProcessVideo s_code = new();

    /// <summary>One attempt at one video.</summary>
    [Function(ProcessVideoNames.Orchestration)]
    public static Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, UploadedVideo input) =>
        s_code.RunAsync(context, input);
}
