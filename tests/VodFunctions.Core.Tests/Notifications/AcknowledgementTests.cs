using VodFunctions.Core.Notifications;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Videos;
using VodFunctions.Testing;
using VodFunctions.Testing.InMemory;
using Xunit;

namespace VodFunctions.Core.Tests.Notifications;

/// <summary>Which notice an acknowledgement is about, also when something comes in between.</summary>
public sealed class AcknowledgementTests : IAsyncDisposable
{
    private static readonly JobError s_failure = new(JobErrorCode.EncodeFailed);

    private readonly VodWorld _world = new();
    private readonly RecordingOrchestrationClient _engine;
    private VideoId _videoId;

    public AcknowledgementTests() => _engine = _world.WithoutEngine();

    private DateTimeOffset Now => _world.Time.GetUtcNow();

    [Fact]
    public async Task A_late_one_of_the_first_attempt_leaves_the_seconds_notice_open()
    {
        await SentFailureAsync();
        await RequeuedAsync();
        await ChangeAsync(record => SendNotice(record.FailJob(2, s_failure, Now), 2));
        await _world.NoticeIndex.AddAsync(VodWorld.Alice.User, Notice(2), Now, default);
        int writes = _world.Records.Writes;

        await AcknowledgeAsync(1);

        Assert.Equal(writes, _world.Records.Writes);
        Assert.Equal(NotificationStatus.Sent, await StatusAsync());
        Assert.Equal([Notice(2)], _world.NoticeIndex.Of(VodWorld.Alice.User));
        Assert.Empty(_engine.Raised);

        await AcknowledgeAsync(2);

        Assert.Equal(NotificationStatus.Completed, await StatusAsync());
        Assert.Empty(_world.NoticeIndex.Of(VodWorld.Alice.User));
        Assert.Equal(($"{_videoId}-2", ProcessVideoNames.NoticeAcknowledged), Assert.Single(_engine.Raised));
    }

    [Fact]
    public async Task A_requeue_between_reading_and_writing_makes_it_late()
    {
        await SentFailureAsync();
        Interleave(() => ChangeAsync(record => SendNotice(record.OpenJob(2, "e", Now).FailJob(2, s_failure, Now), 2)));

        await AcknowledgeAsync(1);

        Assert.Equal(NotificationStatus.Sent, await StatusAsync());
        Assert.Empty(_engine.Raised);
    }

    [Fact]
    public async Task Without_an_id_it_is_of_the_attempt_that_is_current_when_it_is_written()
    {
        await SentFailureAsync();
        Interleave(() => ChangeAsync(record => SendNotice(record.OpenJob(2, "e", Now).FailJob(2, s_failure, Now), 2)));

        await AcknowledgeAsync(null);

        Assert.Equal(NotificationStatus.Completed, await StatusAsync());
        Assert.Equal(($"{_videoId}-2", ProcessVideoNames.NoticeAcknowledged), Assert.Single(_engine.Raised));
    }

    [Fact]
    public async Task A_deletion_between_reading_and_writing_makes_it_not_found()
    {
        await SentFailureAsync();
        Interleave(() => ChangeAsync(record => record.Delete(Now)));

        Assert.Equal(ProblemCode.NotFound, await ProblemAsync(1));
    }

    [Fact]
    public async Task A_requeue_in_between_that_has_no_notice_yet_is_not_due_without_an_id_and_late_with_it()
    {
        await SentFailureAsync();
        await RequeuedAsync();

        Assert.Equal(ProblemCode.NotificationNotDue, await ProblemAsync(null));
        Assert.Equal(ProblemCode.NotificationNotDue, await ProblemAsync(2));
        await AcknowledgeAsync(1);

        Assert.Equal(NotificationStatus.Pending, await StatusAsync());
    }

    [Fact]
    public async Task One_of_an_attempt_that_is_not_there_yet_is_refused_and_not_remembered()
    {
        _videoId = await _world.IssueAsync();
        Assert.Equal(ProblemCode.InvalidRequest, await ProblemAsync(1));
        await SentFailureAsync();
        Assert.Equal(ProblemCode.InvalidRequest, await ProblemAsync(2));

        await RequeuedAsync();
        await ChangeAsync(record => SendNotice(record.FailJob(2, s_failure, Now), 2));

        Assert.Equal(NotificationStatus.Sent, await StatusAsync());
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private JobId Notice(int attempt) => new(_videoId, attempt);

    /// <summary>Attempt 1 has failed, and its notice is sent.</summary>
    private async Task SentFailureAsync()
    {
        _videoId = await _world.IssueAsync();
        await _world.PostAsync(_videoId);
        await ChangeAsync(record => SendNotice(record.OpenJob(1, "e", Now).FailJob(1, s_failure, Now), 1));
    }

    private Task RequeuedAsync() => _world.Get<Requeueing>().RequeueAsync(VodWorld.Admin, _videoId, default);

    private VideoRecord SendNotice(VideoRecord record, int attempt) =>
        record.MakeNoticeDue(attempt, Now).MarkNoticeSent(attempt, Now);

    private async Task ChangeAsync(Func<VideoRecord, VideoRecord> change) =>
        await _world.Records.UpdateAsync(_videoId, change, default);

    /// <summary>Runs once, after the acknowledgement has read the record and before it replaces it.</summary>
    private void Interleave(Func<Task> action) => _world.Records.BeforeReplace = _ =>
    {
        _world.Records.BeforeReplace = null;
        return action();
    };

    private Task AcknowledgeAsync(int? attempt) => _world.Get<Notices>().AcknowledgeAsync(
        VodWorld.Alice, _videoId, attempt is null ? null : Notice(attempt.Value), default);

    private async Task<NotificationStatus> StatusAsync() => (await _world.RecordAsync(_videoId)).Notification!.Status;

    private async Task<ProblemCode> ProblemAsync(int? attempt) =>
        (await Assert.ThrowsAsync<ProblemException>(() => AcknowledgeAsync(attempt))).Code;
}
