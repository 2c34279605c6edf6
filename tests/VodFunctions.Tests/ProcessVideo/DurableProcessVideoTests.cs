using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Videos;
using VodFunctions.Durable;
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

    /// <summary>
    /// A rollout: a new container starts an instance, an old one takes its first turn. Only with <c>Reject</c> does it wait
    /// for a new one; with <c>Fail</c> it has ended.
    /// </summary>
    [Theory]
    [InlineData(DurableTaskWorkerOptions.VersionFailureStrategy.Reject, InstanceStatus.Completed)]
    [InlineData(DurableTaskWorkerOptions.VersionFailureStrategy.Fail, InstanceStatus.Failed)]
    public async Task An_instance_of_a_newer_version_outlives_an_older_worker_where_that_rejects_it(
        DurableTaskWorkerOptions.VersionFailureStrategy strategy, InstanceStatus expected)
    {
        Engine.Versions = ("9.0", InMemoryEngine.CurrentOrOlder(ProcessVideoNames.Version, strategy));
        await Engine.LoseContainerAsync();
        VideoId videoId = await World.IssueAsync();
        await World.ArriveAsync(videoId);
        await UntilAsync(() => Engine.Backend.Turns > 0, "the old worker's turn");
        string id = new JobId(videoId, 1).ToString();
        if (expected == InstanceStatus.Failed)
        {
            await DriveUntilAsync(() => StatusOf(id) == expected, "the instance's end");
        }

        Engine.Versions = ("9.0", InMemoryEngine.CurrentOrOlder("9.0", strategy));
        await Engine.LoseContainerAsync();
        if (expected == InstanceStatus.Completed)
        {
            await World.PostAsync(videoId);
            await DriveUntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");
            await AcknowledgeAsync(videoId);
        }

        await DriveUntilAsync(() => StatusOf(id) == expected, "the end");
        Assert.Equal(expected == InstanceStatus.Failed ? null : JobStatus.Completed, Record(videoId).Job?.Status);
    }

    private InstanceStatus? StatusOf(string id) =>
        World.Get<IOrchestrationClient>().FindAsync(id, default).GetAwaiter().GetResult();

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
