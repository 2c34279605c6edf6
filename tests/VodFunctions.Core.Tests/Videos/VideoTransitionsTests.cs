using VodFunctions.Core.Feeds;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Core.Tests.Videos;

public sealed class VideoTransitionsTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private static readonly PublishedVideo s_published = new("m", "p", "s", 1, []);
    private static readonly JobError s_failure = new(JobErrorCode.EncodeFailed);
    private static readonly JobError s_rejection = new(JobErrorCode.NotAVideo);

    private static readonly SubmittedPost s_post =
        new(FeedId.Parse("00000000000000000000000000000002"), "hello", s_now);

    private static VideoRecord Ticket => new()
    {
        VideoId = VideoId.Parse("00000000000000000000000000000001"),
        Owner = UserId.Parse("alice"),
        CreatedAt = s_now,
        Upload = new DeclaredUpload("a.mp4", "video/mp4", 1),
    };

    private static VideoRecord Open => Ticket.OpenJob(1, "etag", s_now);

    private static VideoRecord Completed => Open.CompleteJob(1, s_published, s_now);

    private static VideoRecord Due => Completed.SubmitPost(s_post).MakeNoticeDue(1, s_now);

    private static VideoRecord Sent => Due.MarkNoticeSent(1, s_now);

    [Fact]
    public void Opening_makes_both_states_pending()
    {
        Assert.Equal(JobStatus.Pending, Open.Job!.Status);
        Assert.Equal(NotificationStatus.Pending, Open.Notification!.Status);
    }

    [Fact]
    public void The_straight_way_ends_completed_completed()
    {
        VideoRecord record = Sent.AcknowledgeNotice(null, s_now);

        Assert.Equal(JobStatus.Completed, record.Job!.Status);
        Assert.Equal(NotificationStatus.Completed, record.Notification!.Status);
        Assert.True(record.IsPublic);
    }

    [Fact]
    public void Each_transition_again_changes_nothing()
    {
        Assert.Same(Open.Job!.SourceETag, Open.OpenJob(1, "etag", s_now).Job!.SourceETag);
        AssertUnchanged(Open, record => record.OpenJob(1, "other", s_now.AddDays(1)));
        AssertUnchanged(Completed, record => record.CompleteJob(1, s_published, s_now.AddDays(1)));
        AssertUnchanged(Open.FailJob(1, s_failure, s_now), record => record.FailJob(1, s_rejection, s_now));
        AssertUnchanged(Due, record => record.MakeNoticeDue(1, s_now.AddDays(1)));
        AssertUnchanged(Sent, record => record.MarkNoticeSent(1, s_now.AddDays(1)));
        AssertUnchanged(Sent.AcknowledgeNotice(null, s_now), record => record.AcknowledgeNotice(null, s_now.AddDays(1)));
        AssertUnchanged(Sent.AcknowledgeNotice(null, s_now), record => record.MarkNoticeSent(1, s_now));
        AssertUnchanged(Sent.AcknowledgeNotice(null, s_now), record => record.FailNotice(1));
        AssertUnchanged(Ticket.SubmitPost(s_post), record => record.SubmitPost(s_post with { SubmittedAt = s_now.AddDays(1) }));
        AssertUnchanged(Ticket.Delete(s_now), record => record.Delete(s_now.AddDays(1)));
    }

    public static TheoryData<string> IllegalMoves => [.. Illegal.Keys];

    private static Dictionary<string, Func<VideoRecord>> Illegal => new()
    {
        ["attempt 2 of a video that was never opened"] = () => Ticket.OpenJob(2, "e", s_now),
        ["attempt 2 while attempt 1 is pending"] = () => Open.OpenJob(2, "e", s_now),
        ["attempt 2 after success"] = () => Completed.OpenJob(2, "e", s_now),
        ["attempt 2 after a rejection"] = () => Open.FailJob(1, s_rejection, s_now).OpenJob(2, "e", s_now),
        ["attempt 3 after attempt 1"] = () => Open.FailJob(1, s_failure, s_now).OpenJob(3, "e", s_now),
        ["completing without a job"] = () => Ticket.CompleteJob(1, s_published, s_now),
        ["completing another attempt"] = () => Open.CompleteJob(2, s_published, s_now),
        ["completing a failed job"] = () => Open.FailJob(1, s_failure, s_now).CompleteJob(1, s_published, s_now),
        ["failing a completed job"] = () => Completed.FailJob(1, s_failure, s_now),
        ["a notice due before the job has ended"] = () => Open.SubmitPost(s_post).MakeNoticeDue(1, s_now),
        ["a notice due before the post"] = () => Completed.MakeNoticeDue(1, s_now),
        ["a notice due for another attempt"] = () => Completed.SubmitPost(s_post).MakeNoticeDue(2, s_now),
        ["a notice sent before it is due"] = () => Completed.SubmitPost(s_post).MarkNoticeSent(1, s_now),
        ["a notice sent after it failed"] = () => Sent.FailNotice(1).MarkNoticeSent(1, s_now),
        ["an acknowledgement before it is due"] = () => Completed.AcknowledgeNotice(null, s_now),
        ["an acknowledgement without a job"] = () => Ticket.AcknowledgeNotice(null, s_now),
        ["a second post with another text"] = () => Ticket.SubmitPost(s_post).SubmitPost(s_post with { Text = "else" }),
        ["a post after its time"] = () => Completed.FailNotice(1).SubmitPost(s_post),
        ["anything after deletion: open"] = () => Ticket.Delete(s_now).OpenJob(1, "e", s_now),
        ["anything after deletion: complete"] = () => Open.Delete(s_now).CompleteJob(1, s_published, s_now),
        ["anything after deletion: post"] = () => Open.Delete(s_now).SubmitPost(s_post),
        ["anything after deletion: acknowledge"] = () => Sent.Delete(s_now).AcknowledgeNotice(null, s_now),
    };

    [Theory]
    [MemberData(nameof(IllegalMoves))]
    public void An_illegal_move_is_an_error(string move) => Assert.Throws<IllegalTransitionException>(() => Illegal[move]());

    [Fact]
    public void A_requeue_sets_both_states_back_to_pending()
    {
        VideoRecord record = Open.SubmitPost(s_post).FailJob(1, s_failure, s_now)
            .MakeNoticeDue(1, s_now).MarkNoticeSent(1, s_now).OpenJob(2, "etag2", s_now);

        Assert.Equal((JobStatus.Pending, 2, (JobError?)null), (record.Job!.Status, record.Job.Attempt, record.Job.Error));
        Assert.Equal((NotificationStatus.Pending, (DateTimeOffset?)null), (record.Notification!.Status, record.Notification.DueAt));
        Assert.Equal(s_post, record.Post);
    }

    [Fact]
    public void A_late_acknowledgement_completes_a_failed_notice() =>
        Assert.Equal(NotificationStatus.Completed, Sent.FailNotice(1).AcknowledgeNotice(null, s_now).Notification!.Status);

    [Fact]
    public void An_acknowledgement_that_overtakes_the_note_of_the_push_completes_the_notice()
    {
        VideoRecord record = Due.AcknowledgeNotice(null, s_now);

        Assert.Equal(NotificationStatus.Completed, record.Notification!.Status);
        Assert.Equal(s_now, record.Notification.SentAt);
    }

    [Fact]
    public void Progress_never_goes_back_and_is_silent_once_the_job_has_ended()
    {
        VideoRecord record = Open.ReportProgress(1, JobStep.Transcode, 40).ReportProgress(1, JobStep.Probe, 10);

        Assert.Equal((JobStep.Transcode, 40), (record.Job!.Step, record.Job.Percent));
        AssertUnchanged(Completed, done => done.ReportProgress(1, JobStep.Probe, 3));
        AssertUnchanged(Open, open => open.ReportProgress(2, JobStep.Publish, 50));
    }

    [Fact]
    public void A_tombstone_keeps_only_what_the_sweep_needs()
    {
        VideoRecord tombstone = Sent.Delete(s_now);

        Assert.True(tombstone.IsDeleted);
        Assert.Null(tombstone.Upload);
        Assert.Null(tombstone.Post);
        Assert.Null(tombstone.Published);
        Assert.Equal(new Deletion(s_now, 1, s_post.FeedId, s_post.SubmittedAt, s_now), tombstone.Deletion);
    }

    [Fact]
    public void Every_error_code_has_a_sentence_in_both_languages()
    {
        foreach (JobErrorCode code in Enum.GetValues<JobErrorCode>())
        {
            Assert.NotEqual(JobErrorMessages.For(code), JobErrorMessages.For(code, "ko-KR"));
            Assert.Equal(JobErrorMessages.For(code), JobErrorMessages.For(code, "kok"));
        }
    }

    private static void AssertUnchanged(VideoRecord before, Func<VideoRecord, VideoRecord> change) =>
        Assert.Same(before, change(before));
}
