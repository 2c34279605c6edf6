using System.Diagnostics;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Orchestration;

/// <summary>
/// A unit of work with side effects. Runs at least once, so a second run must come out the same. What it throws is retried;
/// what must not be retried is returned as a value.
/// </summary>
/// <typeparam name="TInput">Small: names and numbers.</typeparam>
/// <typeparam name="TOutput">Small: names and numbers.</typeparam>
public abstract class VodActivity<TInput, TOutput> : TaskActivity<TInput, TOutput>
{
    /// <summary>Does the work.</summary>
    /// <param name="input">What the orchestration called it with.</param>
    /// <param name="cancellationToken">Cancels when the host stops or the instance has ended: nobody waits any more.</param>
    public abstract Task<TOutput> RunAsync(TInput input, CancellationToken cancellationToken);

    /// <inheritdoc />
    public sealed override async Task<TOutput> RunAsync(TaskActivityContext context, TInput input)
    {
        using Activity? span = VodTelemetry.Start(context.Name, (input as IOfJob)?.Job.VideoId);
        return await RunAsync(input, (context as VodActivityContext)?.CancellationToken ?? CancellationToken.None);
    }
}

/// <summary>One run of an activity. The SDK's context has no token, and a host that stops must end FFmpeg.</summary>
/// <param name="name">As the orchestration calls it.</param>
/// <param name="instanceId">The orchestration's instance.</param>
/// <param name="cancellationToken">Of this run.</param>
public sealed class VodActivityContext(TaskName name, string instanceId, CancellationToken cancellationToken) : TaskActivityContext
{
    /// <inheritdoc />
    public override TaskName Name { get; } = name;

    /// <inheritdoc />
    public override string InstanceId { get; } = instanceId;

    /// <summary>Cancels this run.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>Registers activities.</summary>
public static class VodActivityExtensions
{
    /// <summary>
    /// Registers an activity: by its class, by its name as <see cref="ITaskActivity"/> for engines, and its
    /// <see cref="ActivityName"/>.
    /// </summary>
    public static IServiceCollection AddVodActivity<TActivity, TInput, TOutput>(
        this IServiceCollection services, ActivityName<TInput, TOutput> name)
        where TActivity : VodActivity<TInput, TOutput> => services
            .AddSingleton<ActivityName>(name)
            .AddTransient<TActivity>()
            .AddKeyedTransient<ITaskActivity, TActivity>(name.Name);
}
