using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Testing.ProcessVideo;

/// <summary>An orchestration is lost: the sweep starts it anew, and it goes on with what is owed.</summary>
public abstract partial class ProcessVideoSuite
{
    [Fact]
    public async Task A_notice_whose_orchestration_is_lost_while_it_is_repeated_goes_on_until_its_own_end()
    {
        VideoId videoId = await ArrivedAsync();
        DateTimeOffset start = World.Time.GetUtcNow();
        await World.PostAsync(videoId);
        await UntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");
        await PassAsync(TimeSpan.FromHours(5));

        await LoseAsync(videoId);
        int before = Pushed().Count;
        await World.Get<Sweep>().RunAsync(default);
        await UntilAsync(() => Pushed().Count == before + 1, "another push");

        await DriveUntilAsync(() => Notice(videoId, NotificationStatus.Failed), "FAILED");
        Assert.InRange(World.Time.GetUtcNow() - start, TimeSpan.FromHours(24), TimeSpan.FromHours(24.1));
        Assert.Single(Pushed().Distinct());
        await UntilAsync(IsIdle, "an idle engine");
        Assert.Empty(World.Markers.All);
        Assert.All(World.Media.Calls.Values, calls => Assert.Equal(1, calls));
    }

    [Fact]
    public async Task A_post_after_the_orchestration_was_lost_is_still_notified()
    {
        VideoId videoId = await ArrivedAsync();
        await DriveUntilAsync(() => HasEnded(videoId), "the job's end");
        await LoseAsync(videoId);
        await World.PostAsync(videoId);
        Assert.Empty(Pushed());

        await World.Get<Sweep>().RunAsync(default);
        await UntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");

        Assert.Equal(videoId, Assert.Single(World.FeedStore.All).VideoId);
    }

    [Fact]
    public async Task A_job_whose_orchestration_is_lost_fails_and_that_is_notified()
    {
        Hold(Largest);
        VideoId videoId = await ArrivedAsync();
        await World.PostAsync(videoId);
        await UntilAsync(() => World.Media.Calls.ContainsKey("stills"), "the fan-out");
        await LoseAsync(videoId);

        await World.Get<Sweep>().RunAsync(default);
        await UntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");

        Assert.Equal(JobErrorCode.Internal, Record(videoId).Job!.Error!.Code);
        Assert.Contains("INTERNAL", Assert.Single(Pushed()), StringComparison.Ordinal);
    }

    private async Task LoseAsync(VideoId videoId)
    {
        string id = new JobId(videoId, 1).ToString();
        var engine = World.Get<IOrchestrationClient>();
        await engine.TerminateAsync(id, "lost", default);
        await UntilAsync(
            () => engine.FindAsync(id, default).GetAwaiter().GetResult() != InstanceStatus.Running, "the lost orchestration");
    }
}
