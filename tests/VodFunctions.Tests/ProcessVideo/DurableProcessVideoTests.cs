using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Videos;
using VodFunctions.Durable;
using VodFunctions.Processing;
using VodFunctions.Testing.ProcessVideo;
using Xunit;

namespace VodFunctions.Tests.ProcessVideo;

/// <summary>
/// The promises of <c>ProcessVideo</c> on the engine of Durable Functions. Real: its worker (replay, timers, events,
/// serialization), its client, the gRPC between them and the back end, and the app's functions and adapters. Not real: the
/// back end is the package's in-memory one and loses everything when it ends, the clock is the test's, and the Functions
/// host is not there.
/// </summary>
public sealed class DurableProcessVideoTests : ProcessVideoSuite
{
    private InMemoryEngine Engine => World.Get<InMemoryEngine>();

    protected override void AddEngine(IServiceCollection services)
    {
        services.AddSingleton<InMemoryEngine>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<InMemoryEngine>());
        services.AddSingleton<DurableClientAccessor>();
        services.AddSingleton<IOrchestrationClient, EngineClient>();
        services.AddSingleton<ActivityRunner>();
    }

    protected override bool IsIdle() => Engine.Backend.IsIdle;

    protected override DateTimeOffset? NextTimerAt() => Engine.Backend.NextTimerAt;

    [Fact]
    public async Task A_worker_that_is_replaced_while_the_job_waits_loses_nothing()
    {
        VideoId videoId = await ArrivedAsync();
        await DriveUntilAsync(() => HasEnded(videoId), "the job's end");
        await UntilAsync(IsIdle, "an idle engine");

        await Engine.RestartWorkerAsync();
        await World.PostAsync(videoId);
        await UntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");
        await Engine.RestartWorkerAsync();
        await AcknowledgeAsync(videoId);
        await UntilAsync(() => World.Markers.All.Count == 0, "the end");

        Assert.Single(Pushed());
        Assert.All(World.Media.Calls.Values, calls => Assert.Equal(1, calls));
    }
}
