using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable;
using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Tests.Durable;

/// <summary>What one run of the runner is made of.</summary>
internal sealed class DurableSetup
{
    private readonly Dictionary<string, (ActivityLoad Load, ITaskActivity Code)> _activities = [];
    private readonly List<(string Name, ITaskOrchestrator Code)> _orchestrations = [];

    public DurableSetup() => Activity("Echo", input => input);

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public IJournalFaults? Faults { get; set; }

    public Action<DurableRunnerOptions> Options { get; set; } = _ => { };

    /// <summary>Adds an orchestration of text to text.</summary>
    public DurableSetup Orchestration(string name, Func<TaskOrchestrationContext, string, Task<string>> code)
    {
        _orchestrations.Add((name, new Orchestrator(code)));
        return this;
    }

    /// <summary>Adds or replaces an activity of text to text.</summary>
    public DurableSetup Activity(
        string name, Func<string, CancellationToken, Task<string>> code, ActivityLoad load = ActivityLoad.Light)
    {
        _activities[name] = (load, new Lambda(code));
        return this;
    }

    public DurableSetup Activity(string name, Func<string, string> code) => Activity(name, (input, _) => Task.FromResult(code(input)));

    /// <summary>Registers all of it.</summary>
    public void AddTo(IServiceCollection services)
    {
        foreach ((string name, ITaskOrchestrator code) in _orchestrations)
        {
            services.AddKeyedSingleton(name, code);
        }

        foreach ((string name, (ActivityLoad load, ITaskActivity code)) in _activities)
        {
            services.AddSingleton<ActivityName>(new ActivityName<string, string>(name, load));
            services.AddKeyedSingleton(name, code);
        }
    }

    private sealed class Orchestrator(Func<TaskOrchestrationContext, string, Task<string>> code) : TaskOrchestrator<string, string>
    {
        public override Task<string> RunAsync(TaskOrchestrationContext context, string input) => code(context, input);
    }

    private sealed class Lambda(Func<string, CancellationToken, Task<string>> code) : VodActivity<string, string>
    {
        public override Task<string> RunAsync(string input, CancellationToken cancellationToken) => code(input, cancellationToken);
    }
}

/// <summary>Short calls for orchestrations in tests.</summary>
internal static class ContextExtensions
{
    public static Task<string> Echo(this TaskOrchestrationContext context, string input) => context.Call("Echo", input);

    public static Task<string> Call(this TaskOrchestrationContext context, string activity, string input) =>
        context.CallActivityAsync<string>(activity, input);

    public static Task Sleep(this TaskOrchestrationContext context, double seconds) =>
        context.CreateTimer(TimeSpan.FromSeconds(seconds), CancellationToken.None);

    public static string Invariant(this DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
