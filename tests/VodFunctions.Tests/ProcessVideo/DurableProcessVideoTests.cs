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
    private const string Rendition = "v720-4000k";

    private InMemoryEngine Engine => World.Get<InMemoryEngine>();

    protected override void AddEngine(IServiceCollection services)
    {
        services.AddSingleton<InMemoryEngine>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<InMemoryEngine>());
        services.AddSingleton<DurableClientAccessor>();
        services.AddSingleton<IOrchestrationClient, EngineClient>();
        services.AddSingleton<ActivityRunner>();
    }

    protected override bool IsIdle(int held) => Engine.Backend.IsIdle(held);

    protected override DateTimeOffset? NextTimerAt() => Engine.Backend.NextTimerAt;

    [Fact]
    public async Task A_container_that_is_lost_while_the_job_waits_or_the_notice_goes_out_loses_nothing()
    {
        VideoId videoId = await ArrivedAsync();
        await DriveUntilAsync(() => HasEnded(videoId), "the job's end");
        await UntilAsync(IsIdle, "an idle engine");

        await Engine.LoseContainerAsync();
        await World.PostAsync(videoId);
        await UntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");
        await Engine.LoseContainerAsync();
        await AcknowledgeAsync(videoId);
        await UntilAsync(() => World.Markers.All.Count == 0, "the end");

        // The push itself may be what was lost: at least once, and always the same notice.
        Assert.Single(Pushed().Distinct());
        Assert.All(World.Media.Calls.Values, calls => Assert.Equal(1, calls));
    }

    [Fact]
    public async Task A_container_that_is_lost_in_mid_transcode_costs_that_transcode_alone()
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        World.Media.OnMake = (name, call, _) => name == Rendition && call == 1 ? lost.Task : Task.CompletedTask;
        VideoId videoId = await ArrivedAsync();
        await World.PostAsync(videoId);
        await UntilAsync(() => World.Media.Calls.Count == 6, "the fan-out");

        await Engine.LoseContainerAsync();
        await DriveUntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");
        lost.SetResult();
        await AcknowledgeAsync(videoId);
        await UntilAsync(() => World.Markers.All.Count == 0, "the end");

        Assert.Equal(JobStatus.Completed, Record(videoId).Job!.Status);
        Assert.Single(Pushed());
        Assert.Equal(2, World.Media.Calls[Rendition]);
        Assert.InRange(World.Media.Calls.Values.Sum(), 7, 12);
    }
}
