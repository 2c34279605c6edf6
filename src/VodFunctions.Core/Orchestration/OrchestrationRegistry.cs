using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Core.Json;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Orchestration;

/// <summary>What an activity asks of a machine.</summary>
public enum ActivityLoad
{
    /// <summary>Storage calls; many at a time.</summary>
    Light,

    /// <summary>FFmpeg; few at a time, in Azure on the <c>media</c> app.</summary>
    Media,
}

/// <summary>An activity that an engine can call by name.</summary>
/// <param name="Name">As orchestrations call it.</param>
/// <param name="Load">What it asks of a machine.</param>
/// <param name="InputType">What <paramref name="RunAsync"/> takes.</param>
/// <param name="RunAsync">Resolves the class from the services and runs it.</param>
public sealed record ActivityDefinition(
    string Name, ActivityLoad Load, Type InputType, Func<IServiceProvider, object, CancellationToken, Task<object>> RunAsync)
{
    /// <summary>Runs it for an engine that knows JSON only (<see cref="VodJson"/>).</summary>
    /// <exception cref="System.Text.Json.JsonException">The input is not of its type.</exception>
    public async Task<string> RunJsonAsync(IServiceProvider services, string input, CancellationToken cancellationToken) =>
        VodJson.Serialize(await RunAsync(services, VodJson.Deserialize(input, InputType), cancellationToken));
}

/// <summary>An orchestration that an engine can run by name, JSON in and JSON out (<see cref="VodJson"/>).</summary>
/// <param name="Name">As clients start it.</param>
/// <param name="InvokeAsync">Runs it on a context.</param>
public sealed record OrchestrationDefinition(string Name, Func<IOrchestrationContext, string, Task<string>> InvokeAsync)
{
    /// <summary>The version that new instances begin with; the code replays it and all older ones.</summary>
    public string Version { get; init; } = "";

    /// <summary>Wraps an orchestration's code. It gets no services: only what its context gives is deterministic.</summary>
    public static OrchestrationDefinition Create<TInput, TOutput>(
        string name, IOrchestration<TInput, TOutput> orchestration, string version = "") =>
        new(name, async (context, input) =>
            VodJson.Serialize(await orchestration.RunAsync(context, VodJson.Deserialize<TInput>(input))))
        {
            Version = version,
        };
}

/// <summary>Registers activities and orchestrations as services, found by engines as enumerables.</summary>
public static class OrchestrationServiceExtensions
{
    /// <summary>Registers an activity class under the name of its reference.</summary>
    public static IServiceCollection AddVodActivity<TActivity, TInput, TOutput>(
        this IServiceCollection services, ActivityRef<TInput, TOutput> reference, ActivityLoad load = ActivityLoad.Light)
        where TActivity : class, IActivity<TInput, TOutput>
        where TInput : notnull
        where TOutput : notnull
    {
        services.AddTransient<TActivity>();
        return services.AddSingleton(new ActivityDefinition(
            reference.Name, load, typeof(TInput), async (provider, input, cancellationToken) =>
            {
                using Activity? span = VodTelemetry.Start(reference.Name, (input as IOfJob)?.Job.VideoId);
                return await provider.GetRequiredService<TActivity>().RunAsync((TInput)input, cancellationToken);
            }));
    }

    /// <summary>Registers an orchestration.</summary>
    public static IServiceCollection AddVodOrchestration<TInput, TOutput>(
        this IServiceCollection services, string name, IOrchestration<TInput, TOutput> orchestration, string version) =>
        services.AddSingleton(OrchestrationDefinition.Create(name, orchestration, version));
}
