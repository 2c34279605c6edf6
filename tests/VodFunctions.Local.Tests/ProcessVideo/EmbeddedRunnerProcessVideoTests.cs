using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable;
using VodFunctions.Local.Durable.Journaling;
using VodFunctions.Testing.ProcessVideo;
using Xunit;

namespace VodFunctions.Local.Tests.ProcessVideo;

/// <summary>The promises of <c>ProcessVideo</c> on the embedded runner.</summary>
public sealed class EmbeddedRunnerProcessVideoTests : ProcessVideoSuite, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vod-suite-").FullName;

    protected override void AddEngine(IServiceCollection services) =>
        services.AddEmbeddedDurableRunner(options =>
        {
            options.DataFolder = _folder;
            options.MediaParallelism = 8;
        });

    protected override bool IsIdle(int held)
    {
        JournalInstance[] running =
            [.. World.Get<IJournalReader>().ListInstances().Where(instance => instance.Status == InstanceStatus.Running)];
        return running.Sum(instance => instance.PendingMessages) == 0
            && running.Sum(instance => instance.PendingActivities) <= held;
    }

    protected override DateTimeOffset? NextTimerAt() =>
        World.Get<IJournalReader>().ListInstances().Min(instance => instance.NextTimerAt);

    async Task IAsyncLifetime.DisposeAsync()
    {
        if (Environment.GetEnvironmentVariable("VOD_RECORD_HISTORIES") is { Length: > 0 } histories)
        {
            RecordedHistory.RecordAll(histories, World.Get<IJournalReader>(), World.Get<JournalDatabase>());
        }

        await DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
