using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable.Journaling;
using VodFunctions.Local.Durable.Replay;
using VodFunctions.Local.Durable.Running;

namespace VodFunctions.Local.Durable;

/// <summary>Registers the embedded durable runner.</summary>
public static class DurableRunnerExtensions
{
    /// <summary>
    /// Adds the runner as hosted service, <see cref="IOrchestrationClient"/> and <see cref="IJournalReader"/>. The data
    /// folder is locked and
    /// the journal opened with the first of them: at the latest when the host starts, which then throws
    /// <see cref="DataFolderInUseException"/> or <see cref="JournalVersionException"/>.
    /// </summary>
    public static IServiceCollection AddEmbeddedDurableRunner(
        this IServiceCollection services, Action<DurableRunnerOptions> configure)
    {
        services.AddOptions<DurableRunnerOptions>().Configure(configure).ValidateDataAnnotations();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => JournalDatabase.Open(
            provider.GetRequiredService<IOptions<DurableRunnerOptions>>().Value.DataFolder,
            provider.GetService<IJournalFaults>()));
        services.AddSingleton<ClientJournal>().AddSingleton<StepJournal>().AddSingleton<WorkJournal>();
        services.AddSingleton<IJournalReader, JournalReader>();
        services.AddSingleton<StepRunner>().AddSingleton<ReadyInstances>().AddSingleton<WorkQueue>();
        services.AddSingleton<JournalRetry>().AddSingleton<TimerLoop>().AddSingleton<StepLoop>().AddSingleton<ActivityLoop>();
        services.AddSingleton<IOrchestrationClient, EmbeddedOrchestrationClient>();
        return services.AddHostedService<EmbeddedRunner>();
    }
}
