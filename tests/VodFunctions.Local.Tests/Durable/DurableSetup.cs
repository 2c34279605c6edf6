using System.Globalization;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable;
using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Tests.Durable;

/// <summary>What one run of the runner is made of.</summary>
internal sealed class DurableSetup
{
    public DurableSetup() => Activity("Echo", input => input);

    public List<OrchestrationDefinition> Orchestrations { get; } = [];

    public List<ActivityDefinition> Activities { get; } = [];

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public IJournalFaults? Faults { get; set; }

    public Action<DurableRunnerOptions> Options { get; set; } = _ => { };

    /// <summary>Adds an orchestration of text to text.</summary>
    public DurableSetup Orchestration(
        string name, Func<IOrchestrationContext, string, Task<string>> code, string version = "")
    {
        Orchestrations.Add(OrchestrationDefinition.Create(name, new Lambda(code), version));
        return this;
    }

    /// <summary>Adds or replaces an activity of text to text.</summary>
    public DurableSetup Activity(
        string name, Func<string, CancellationToken, Task<string>> code, ActivityLoad load = ActivityLoad.Light)
    {
        Activities.RemoveAll(activity => activity.Name == name);
        Activities.Add(new ActivityDefinition(
            name, load, typeof(string), async (_, input, cancellationToken) => await code((string)input, cancellationToken)));
        return this;
    }

    public DurableSetup Activity(string name, Func<string, string> code) => Activity(name, (input, _) => Task.FromResult(code(input)));

    private sealed class Lambda(Func<IOrchestrationContext, string, Task<string>> code) : IOrchestration<string, string>
    {
        public Task<string> RunAsync(IOrchestrationContext context, string input) => code(context, input);
    }
}

/// <summary>Short calls for orchestrations in tests.</summary>
internal static class ContextExtensions
{
    public static Task<string> Echo(this IOrchestrationContext context, string input) => context.Call("Echo", input);

    public static Task<string> Call(this IOrchestrationContext context, string activity, string input) =>
        context.CallActivityAsync(new ActivityRef<string, string>(activity), input);

    public static Task Sleep(this IOrchestrationContext context, double seconds) =>
        context.CreateTimerAsync(context.UtcNow.AddSeconds(seconds), CancellationToken.None);

    public static string Invariant(this DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
