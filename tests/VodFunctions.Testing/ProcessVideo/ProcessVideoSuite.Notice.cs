using VodFunctions.Core.Problems;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Testing.ProcessVideo;

/// <summary>From "both are true" to the acknowledged notice.</summary>
public abstract partial class ProcessVideoSuite
{
    [Fact]
    public async Task A_post_after_the_jobs_end_pushes_at_once_and_not_before()
    {
        VideoId videoId = await ArrivedAsync();
        await DriveUntilAsync(() => HasEnded(videoId), "the job's end");
        await PassAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(Pushed());
        Assert.True(Notice(videoId, NotificationStatus.Pending));
        Assert.Empty(World.FeedStore.All);

        await World.PostAsync(videoId);
        await UntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");

        Assert.Contains("\"type\":\"video.completed\"", Assert.Single(Pushed()), StringComparison.Ordinal);
        Assert.Equal(videoId, Assert.Single(World.FeedStore.All).VideoId);
    }

    [Fact]
    public async Task A_post_while_the_job_runs_pushes_when_the_job_ends_and_not_before()
    {
        TaskCompletionSource gate = Hold(Largest);
        VideoId videoId = await ArrivedAsync();
        await World.PostAsync(videoId);
        await UntilAsync(() => World.Media.Calls.ContainsKey("stills"), "the fan-out");
        Assert.Empty(Pushed());
        Assert.Empty(World.FeedStore.All);

        gate.SetResult();
        await UntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");

        Assert.Single(Pushed());
    }

    [Fact]
    public async Task A_post_while_an_ended_job_is_cleaned_up_pushes_at_once()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        World.WorkStore.OnDelete = () =>
        {
            begun.TrySetResult();
            return gate.Task;
        };
        VideoId videoId = await ArrivedAsync();
        await UntilAsync(() => begun.Task.IsCompleted, "the clean-up");
        await World.PostAsync(videoId);

        gate.SetResult();
        await UntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");

        Assert.Single(Pushed());
    }

    [Fact]
    public async Task A_post_before_the_upload_has_arrived_is_not_lost()
    {
        VideoId videoId = await World.IssueAsync();
        await World.PostAsync(videoId);
        await World.ArriveAsync(videoId);

        await UntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");

        Assert.Single(Pushed());
    }

    [Fact]
    public async Task A_post_whose_event_was_lost_costs_time_only()
    {
        VideoId videoId = await ArrivedAsync();
        await DriveUntilAsync(() => HasEnded(videoId), "the job's end");
        await World.Records.UpdateAsync(
            videoId, record => record.SubmitPost(new(new InMemory.SequentialIds().NewFeedId(), "x", World.Time.GetUtcNow())), default);

        await DriveUntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");

        Assert.Single(Pushed());
    }

    [Fact]
    public async Task A_failed_job_is_notified_too()
    {
        World.Media.OnProbe = (_, _) => Task.FromResult(Core.Probing.ProbeOutcome.Rejected(JobErrorCode.NotAVideo, "detail"));
        VideoId videoId = await ArrivedAsync();
        await World.PostAsync(videoId);

        await UntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");

        string notice = Assert.Single(Pushed());
        Assert.Contains("\"type\":\"video.failed\"", notice, StringComparison.Ordinal);
        Assert.Contains("NOT_A_VIDEO", notice, StringComparison.Ordinal);
        Assert.DoesNotContain("detail", notice, StringComparison.Ordinal);
        Assert.Empty(World.FeedStore.All);
    }

    [Fact]
    public async Task The_notice_is_repeated_by_its_schedule_until_it_is_given_up()
    {
        VideoId videoId = await ArrivedAsync();
        await World.PostAsync(videoId);
        await UntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");

        int expected = 1;
        TimeSpan[] schedule = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(1)];
        foreach (TimeSpan wait in schedule)
        {
            await PassAsync(wait - TimeSpan.FromSeconds(1));
            Assert.Equal(expected, Pushed().Count);
            await PassAsync(TimeSpan.FromSeconds(1));
            expected++;
            await UntilAsync(() => Pushed().Count == expected, "the next push");
        }

        Assert.Equal(6, Pushed().Count);
        await DriveUntilAsync(() => Notice(videoId, NotificationStatus.Failed), "FAILED");
        Assert.Single(Pushed().Distinct());
    }

    [Fact]
    public async Task An_acknowledgement_ends_it_and_nothing_is_pushed_after()
    {
        VideoId videoId = await ArrivedAsync();
        await World.PostAsync(videoId);
        await UntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");

        await AcknowledgeAsync(videoId);
        await AcknowledgeAsync(videoId);
        await PassAsync(TimeSpan.FromDays(2));

        Assert.True(Notice(videoId, NotificationStatus.Completed));
        Assert.Single(Pushed());
    }

    [Fact]
    public async Task A_late_acknowledgement_completes_a_notice_that_was_given_up()
    {
        VideoId videoId = await ArrivedAsync();
        await World.PostAsync(videoId);
        await DriveUntilAsync(() => Notice(videoId, NotificationStatus.Failed), "FAILED");

        await AcknowledgeAsync(videoId);

        Assert.True(Notice(videoId, NotificationStatus.Completed));
    }

    [Fact]
    public async Task A_push_service_that_is_down_delays_the_notice_only()
    {
        World.Channel.Failure = new IOException("down");
        VideoId videoId = await ArrivedAsync();
        await World.PostAsync(videoId);
        await DriveUntilAsync(() => World.Time.GetUtcNow() - Record(videoId).CreatedAt > TimeSpan.FromMinutes(10), "ten minutes");
        Assert.True(Notice(videoId, NotificationStatus.Pending));

        World.Channel.Failure = null;
        await DriveUntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");
    }

    [Fact]
    public async Task A_post_that_never_comes_expires_after_a_week_and_the_video_goes_after_thirty_days()
    {
        VideoId videoId = await ArrivedAsync();
        DateTimeOffset start = World.Time.GetUtcNow();

        await DriveUntilAsync(() => Notice(videoId, NotificationStatus.Failed), "FAILED");
        Assert.InRange(World.Time.GetUtcNow() - start, TimeSpan.FromDays(7), TimeSpan.FromDays(7.1));
        Assert.NotEmpty(World.MediaStore.Names);
        var late = await Assert.ThrowsAsync<ProblemException>(() => World.PostAsync(videoId));
        Assert.Equal(ProblemCode.PostExpired, late.Code);

        await DriveUntilAsync(() => Record(videoId).IsDeleted && World.MediaStore.Names.Count == 0, "the removal");
        Assert.InRange(World.Time.GetUtcNow() - start, TimeSpan.FromDays(30), TimeSpan.FromDays(30.1));
        Assert.Empty(Pushed());
    }

    [Fact]
    public async Task A_posted_video_is_never_expired()
    {
        VideoId videoId = await ArrivedAsync();
        await World.PostAsync(videoId);
        await UntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");
        await AcknowledgeAsync(videoId);

        await PassAsync(TimeSpan.FromDays(100));

        Assert.True(Record(videoId).IsPublic);
    }
}
