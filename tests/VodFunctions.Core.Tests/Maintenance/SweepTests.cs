using VodFunctions.Core.Json;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;
using VodFunctions.Testing;
using VodFunctions.Testing.InMemory;
using Xunit;

namespace VodFunctions.Core.Tests.Maintenance;

public sealed class SweepTests : IAsyncDisposable
{
    private readonly VodWorld _world = new();
    private readonly RecordingOrchestrationClient _engine;

    public SweepTests() => _engine = _world.WithoutEngine();

    private DateTimeOffset Now => _world.Time.GetUtcNow();

    [Fact]
    public async Task What_late_activities_wrote_of_a_deleted_video_is_swept_and_only_the_tombstone_stays()
    {
        VideoId videoId = await _world.IssueAsync();
        await _world.ArriveAsync(videoId);
        await _world.Get<VideoDeletion>().DeleteAsync(VodWorld.Alice, videoId, default);
        var job = new JobId(videoId, 1);
        await _world.MediaStore.PutAsync(job, MediaFiles.Master, new MemoryStream([1]), default);
        _world.Uploads.Put(videoId, 1);

        await SweepAsync();

        Assert.Empty(_world.MediaStore.Names);
        Assert.Null(await _world.Uploads.FindAsync(videoId, default));
        Assert.True((await _world.RecordAsync(videoId)).IsDeleted);
        Assert.Contains(_world.Markers.All, marker => marker.Kind == MarkerKind.Deletion);

        _world.Time.Advance(TimeSpan.FromHours(1));
        await SweepAsync();
        Assert.Empty(_world.Markers.All);
    }

    [Fact]
    public async Task A_deletion_that_was_killed_half_way_is_finished()
    {
        VideoId videoId = await _world.IssueAsync();
        await _world.MediaStore.PutAsync(new JobId(videoId, 1), MediaFiles.Poster, new MemoryStream([1]), default);
        await _world.Markers.SetAsync(new Marker(MarkerKind.Deletion, videoId, Now), default);
        await _world.Records.UpdateAsync(videoId, record => record.Delete(Now), default);

        await SweepAsync();

        Assert.Empty(_world.MediaStore.Names);
        Assert.Contains(videoId, _world.MediaStore.Purged);
    }

    [Fact]
    public async Task A_ticket_that_was_never_used_is_forgotten_after_its_time()
    {
        VideoId videoId = await _world.IssueAsync();

        _world.Time.Advance(TimeSpan.FromDays(3) + TimeSpan.FromHours(1));
        await SweepAsync();
        Assert.NotNull(await _world.Records.FindAsync(videoId, default));

        // Its last URL may have been made at the last moment, for 5 minutes.
        _world.Time.Advance(TimeSpan.FromMinutes(5));
        await SweepAsync();
        Assert.Null(await _world.Records.FindAsync(videoId, default));
        Assert.Empty(_world.Markers.All);
    }

    [Fact]
    public async Task What_a_url_stored_after_its_ticket_was_forgotten_is_removed()
    {
        VideoId videoId = await _world.IssueAsync();
        _world.Time.Advance(TimeSpan.FromDays(3.1));
        await SweepAsync();
        _world.Uploads.Put(videoId, 1);
        var blocks = VideoId.Parse(new string('f', 32));
        _world.Uploads.Uncommitted[blocks] = 1;

        await SweepAsync();
        Assert.Empty(_world.Uploads.Uncommitted);
        Assert.NotNull(await _world.Uploads.FindAsync(videoId, default));

        _world.Time.Advance(TimeSpan.FromDays(1));
        await SweepAsync();
        Assert.Null(await _world.Uploads.FindAsync(videoId, default));
    }

    [Fact]
    public async Task Blocks_of_an_upload_under_way_are_left_alone()
    {
        VideoId videoId = await _world.IssueAsync();
        _world.Uploads.Uncommitted[videoId] = 1000;

        await SweepAsync();

        Assert.Single(_world.Uploads.Uncommitted);
    }

    [Fact]
    public async Task A_ticket_with_an_empty_blob_is_forgotten_as_one_that_was_never_used()
    {
        VideoId videoId = await _world.IssueAsync();
        _world.Uploads.Put(videoId);
        await SweepAsync();
        Assert.Empty(_engine.Instances);

        _world.Time.Advance(TimeSpan.FromDays(3.1));
        await SweepAsync();

        Assert.Empty(_engine.Instances);
        Assert.Null(await _world.Records.FindAsync(videoId, default));
        Assert.Null(await _world.Uploads.FindAsync(videoId, default));
    }

    [Fact]
    public async Task At_a_deletions_end_nothing_says_any_more_whose_the_video_was()
    {
        VideoId videoId = await _world.IssueAsync();
        await _world.ArriveAsync(videoId);
        await _world.PostAsync(videoId);
        await _world.Get<VideoDeletion>().DeleteAsync(VodWorld.Alice, videoId, default);
        Assert.Contains(videoId, _world.Media.Forgotten);

        _world.Time.Advance(TimeSpan.FromHours(1));
        await SweepAsync();

        VideoRecord tombstone = await _world.RecordAsync(videoId);
        Assert.DoesNotContain("alice", VodJson.Serialize(tombstone), StringComparison.Ordinal);
        Assert.Equal((true, UserId.Nobody), (tombstone.IsDeleted, tombstone.Owner));
        Assert.Equal(ArrivalOutcome.Deleted, await _world.ArriveAsync(videoId));
        Assert.Same(tombstone.Forget(), tombstone.Forget().Forget());
    }

    [Fact]
    public async Task Counts_of_days_gone_by_are_removed()
    {
        await _world.IssueAsync();
        var today = DateOnly.FromDateTime(Now.UtcDateTime.AddHours(9));

        await SweepAsync();
        Assert.Equal(1, _world.Quota.TakenBy(VodWorld.Alice.User, today));

        _world.Time.Advance(TimeSpan.FromDays(3));
        await SweepAsync();
        Assert.Equal(0, _world.Quota.TakenBy(VodWorld.Alice.User, today));
    }

    [Fact]
    public async Task A_job_whose_orchestration_is_lost_ends_in_INTERNAL_and_a_running_one_goes_on()
    {
        VideoId lost = await OpenAsync();
        VideoId running = await OpenAsync();
        await _engine.StartAsync("ProcessVideo", $"{running}-1", 1, default);

        await SweepAsync();

        Assert.Equal(JobErrorCode.Internal, (await _world.RecordAsync(lost)).Job!.Error!.Code);
        Assert.Equal(JobStatus.Pending, (await _world.RecordAsync(running)).Job!.Status);
        Assert.Equal(InstanceStatus.Running, _engine.Instances[$"{lost}-1"].Status);
    }

    [Theory]
    [InlineData("waits for its post", true)]
    [InlineData("due", true)]
    [InlineData("sent", true)]
    [InlineData("expired without a post", true)]
    [InlineData("acknowledged", false)]
    [InlineData("given up", false)]
    [InlineData("deleted", false)]
    public async Task A_lost_orchestration_is_started_anew_while_a_notice_or_a_removal_is_owed(string stage, bool owed)
    {
        VideoId videoId = await OpenAsync();
        await _engine.StartAsync("ProcessVideo", $"{videoId}-1", 1, default);
        _engine.End($"{videoId}-1", InstanceStatus.Failed);
        await _world.Records.UpdateAsync(videoId, record => At(stage, record), default);

        await SweepAsync();

        Assert.Equal(owed, _engine.Instances[$"{videoId}-1"].Status == InstanceStatus.Running);
        Assert.Equal(owed, _world.Markers.All.Any(marker => marker.Kind == MarkerKind.Job));
    }

    [Fact]
    public async Task An_orchestration_whose_next_attempt_has_begun_is_left_to_it()
    {
        VideoId videoId = await OpenAsync();
        await _world.Records.UpdateAsync(videoId, record => record.FailJob(1, new(JobErrorCode.EncodeFailed), Now), default);
        await _engine.StartAsync("ProcessVideo", $"{videoId}-2", 1, default);

        await SweepAsync();

        Assert.DoesNotContain($"{videoId}-1", _engine.Instances.Keys);
    }

    private VideoRecord At(string stage, VideoRecord open)
    {
        VideoRecord ended = open.CompleteJob(1, new("m", "p", "s", 1, []), Now);
        VideoRecord due = ended.SubmitPost(new(new SequentialIds().NewFeedId(), "x", Now)).MakeNoticeDue(1, Now);
        return stage switch
        {
            "waits for its post" => ended,
            "due" => due,
            "sent" => due.MarkNoticeSent(1, Now),
            "expired without a post" => ended.FailNotice(1),
            "acknowledged" => due.AcknowledgeNotice(1, Now),
            "given up" => due.FailNotice(1),
            _ => due.Delete(Now),
        };
    }

    [Fact]
    public async Task An_upload_whose_event_was_lost_gets_its_job_but_not_before_the_event_has_had_its_time()
    {
        VideoId videoId = await _world.IssueAsync();
        StoredUpload stored = _world.Uploads.Put(videoId, 1);
        await SweepAsync();
        Assert.Empty(_engine.Instances);

        _world.Time.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        await SweepAsync();

        KeyValuePair<string, RecordingOrchestrationClient.Instance> started = Assert.Single(_engine.Instances);
        Assert.Equal($"{videoId}-1", started.Key);
        Assert.Contains(stored.ETag, started.Value.InputJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uploads_go_a_day_after_success_and_two_weeks_after_failure()
    {
        VideoId good = await OpenAsync();
        VideoId bad = await OpenAsync();
        _world.Uploads.Put(good, 1);
        _world.Uploads.Put(bad, 1);
        await _world.Records.UpdateAsync(good, record => record.CompleteJob(1, new("m", "p", "s", 1, []), Now), default);
        await _world.Records.UpdateAsync(bad, record => record.FailJob(1, new(JobErrorCode.Internal), Now), default);

        _world.Time.Advance(TimeSpan.FromDays(1));
        await SweepAsync();
        Assert.Null(await _world.Uploads.FindAsync(good, default));
        Assert.NotNull(await _world.Uploads.FindAsync(bad, default));

        _world.Time.Advance(TimeSpan.FromDays(13));
        await SweepAsync();
        Assert.Null(await _world.Uploads.FindAsync(bad, default));
    }

    [Fact]
    public async Task Old_history_is_purged()
    {
        await _engine.StartAsync("ProcessVideo", "a-1", 1, default);
        _engine.End("a-1", InstanceStatus.Completed);

        _world.Time.Advance(TimeSpan.FromDays(31));
        await SweepAsync();

        Assert.Empty(_engine.Instances);
    }

    private async Task<VideoId> OpenAsync()
    {
        VideoId videoId = await _world.IssueAsync();
        await _world.Markers.SetAsync(new Marker(MarkerKind.Job, videoId, Now), default);
        await _world.Records.UpdateAsync(videoId, record => record.OpenJob(1, "etag", Now), default);
        return videoId;
    }

    private Task SweepAsync() => _world.Get<Sweep>().RunAsync(default);

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
