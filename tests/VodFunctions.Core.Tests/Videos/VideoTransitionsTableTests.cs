using VodFunctions.Core.Feeds;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Videos;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Core.Tests.Videos;

/// <summary>Every transition in every combination of job and notice: what comes of it, or that it is illegal.</summary>
public sealed class VideoTransitionsTableTests
{
    private const string Is = "is";

    private static readonly DateTimeOffset s_now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_later = s_now.AddDays(1);
    private static readonly PublishedVideo s_published = new("m", "p", "s", 1, []);
    private static readonly JobError s_failure = new(JobErrorCode.EncodeFailed);
    private static readonly JobError s_rejection = new(JobErrorCode.NotAVideo);

    private static readonly SubmittedPost s_post =
        new(FeedId.Parse("00000000000000000000000000000002"), "hello", s_now);

    /// <summary>
    /// <code>
    /// A cell is the record that comes of it:
    ///   CS2pdv  job, then notice:  -  none  P  PENDING  C  COMPLETED  E  ERROR, a failure  R  ERROR, a rejection
    ///                              -  none  P  PENDING  C  COMPLETED  F  FAILED            S  SENT
    ///           2  the attempt     p  posted            d  the notice has fallen due       v  published
    ///   xx      a tombstone
    ///   =       the very record that was given     ~  the same states, but step and percent have changed
    ///   !       an illegal transition
    ///
    /// The states are those of attempt 2, so that there is one before it and one after it; a transition names its attempt.
    /// "ack" without a number names none.
    /// </code>
    /// </summary>
    private static readonly StateTable s_table = new(
        """
        state              | is     | open 1 | open 2 | open 3 | open 4
        ticket             | --0    | PP1    | !      | !      | !
        ticket, post       | --0p   | PP1p   | !      | !      | !
        running            | PP2    | !      | =      | !      | !
        running, post      | PP2p   | !      | =      | !      | !
        made               | CP2v   | !      | =      | !      | !
        made, post         | CP2pv  | !      | =      | !      | !
        made, due          | CP2pdv | !      | =      | !      | !
        made, sent         | CS2pdv | !      | =      | !      | !
        made, seen         | CC2pdv | !      | =      | !      | !
        made, unseen       | CF2pdv | !      | =      | !      | !
        made, unposted     | CF2v   | !      | =      | !      | !
        broken             | EP2    | !      | =      | PP3    | !
        broken, post       | EP2p   | !      | =      | PP3p   | !
        broken, due        | EP2pd  | !      | =      | PP3p   | !
        broken, sent       | ES2pd  | !      | =      | PP3p   | !
        broken, seen       | EC2pd  | !      | =      | PP3p   | !
        broken, unseen     | EF2pd  | !      | =      | PP3p   | !
        broken, unposted   | EF2    | !      | =      | PP3    | !
        rejected           | RP2    | !      | =      | !      | !
        rejected, post     | RP2p   | !      | =      | !      | !
        rejected, due      | RP2pd  | !      | =      | !      | !
        rejected, sent     | RS2pd  | !      | =      | !      | !
        rejected, seen     | RC2pd  | !      | =      | !      | !
        rejected, unseen   | RF2pd  | !      | =      | !      | !
        rejected, unposted | RF2    | !      | =      | !      | !
        deleted            | xx     | !      | !      | !      | !

        state              | progress 1 | progress 2 | complete 1 | complete 2 | complete 3
        ticket             | =          | =          | !          | !          | !
        ticket, post       | =          | =          | !          | !          | !
        running            | =          | ~          | !          | CP2v       | !
        running, post      | =          | ~          | !          | CP2pv      | !
        made               | =          | =          | !          | =          | !
        made, post         | =          | =          | !          | =          | !
        made, due          | =          | =          | !          | =          | !
        made, sent         | =          | =          | !          | =          | !
        made, seen         | =          | =          | !          | =          | !
        made, unseen       | =          | =          | !          | =          | !
        made, unposted     | =          | =          | !          | =          | !
        broken             | =          | =          | !          | !          | !
        broken, post       | =          | =          | !          | !          | !
        broken, due        | =          | =          | !          | !          | !
        broken, sent       | =          | =          | !          | !          | !
        broken, seen       | =          | =          | !          | !          | !
        broken, unseen     | =          | =          | !          | !          | !
        broken, unposted   | =          | =          | !          | !          | !
        rejected           | =          | =          | !          | !          | !
        rejected, post     | =          | =          | !          | !          | !
        rejected, due      | =          | =          | !          | !          | !
        rejected, sent     | =          | =          | !          | !          | !
        rejected, seen     | =          | =          | !          | !          | !
        rejected, unseen   | =          | =          | !          | !          | !
        rejected, unposted | =          | =          | !          | !          | !
        deleted            | =          | =          | !          | !          | !

        state              | fail 1 | fail 2 | fail 3 | reject 2 | post  | other post
        ticket             | !      | !      | !      | !        | --0p  | --0p
        ticket, post       | !      | !      | !      | !        | =     | !
        running            | !      | EP2    | !      | RP2      | PP2p  | PP2p
        running, post      | !      | EP2p   | !      | RP2p     | =     | !
        made               | !      | !      | !      | !        | CP2pv | CP2pv
        made, post         | !      | !      | !      | !        | =     | !
        made, due          | !      | !      | !      | !        | =     | !
        made, sent         | !      | !      | !      | !        | =     | !
        made, seen         | !      | !      | !      | !        | =     | !
        made, unseen       | !      | !      | !      | !        | =     | !
        made, unposted     | !      | !      | !      | !        | !     | !
        broken             | !      | =      | !      | =        | EP2p  | EP2p
        broken, post       | !      | =      | !      | =        | =     | !
        broken, due        | !      | =      | !      | =        | =     | !
        broken, sent       | !      | =      | !      | =        | =     | !
        broken, seen       | !      | =      | !      | =        | =     | !
        broken, unseen     | !      | =      | !      | =        | =     | !
        broken, unposted   | !      | =      | !      | =        | !     | !
        rejected           | !      | =      | !      | =        | RP2p  | RP2p
        rejected, post     | !      | =      | !      | =        | =     | !
        rejected, due      | !      | =      | !      | =        | =     | !
        rejected, sent     | !      | =      | !      | =        | =     | !
        rejected, seen     | !      | =      | !      | =        | =     | !
        rejected, unseen   | !      | =      | !      | =        | =     | !
        rejected, unposted | !      | =      | !      | =        | !     | !
        deleted            | !      | !      | !      | !        | !     | !

        state              | due 1 | due 2  | due 3 | sent 1 | sent 2 | sent 3
        ticket             | !     | !      | !     | !      | !      | !
        ticket, post       | !     | !      | !     | !      | !      | !
        running            | !     | !      | !     | !      | !      | !
        running, post      | !     | !      | !     | !      | !      | !
        made               | !     | !      | !     | !      | !      | !
        made, post         | !     | CP2pdv | !     | !      | !      | !
        made, due          | !     | =      | !     | !      | CS2pdv | !
        made, sent         | !     | =      | !     | !      | =      | !
        made, seen         | !     | =      | !     | !      | =      | !
        made, unseen       | !     | =      | !     | !      | !      | !
        made, unposted     | !     | !      | !     | !      | !      | !
        broken             | !     | !      | !     | !      | !      | !
        broken, post       | !     | EP2pd  | !     | !      | !      | !
        broken, due        | !     | =      | !     | !      | ES2pd  | !
        broken, sent       | !     | =      | !     | !      | =      | !
        broken, seen       | !     | =      | !     | !      | =      | !
        broken, unseen     | !     | =      | !     | !      | !      | !
        broken, unposted   | !     | !      | !     | !      | !      | !
        rejected           | !     | !      | !     | !      | !      | !
        rejected, post     | !     | RP2pd  | !     | !      | !      | !
        rejected, due      | !     | =      | !     | !      | RS2pd  | !
        rejected, sent     | !     | =      | !     | !      | =      | !
        rejected, seen     | !     | =      | !     | !      | =      | !
        rejected, unseen   | !     | =      | !     | !      | !      | !
        rejected, unposted | !     | !      | !     | !      | !      | !
        deleted            | !     | !      | !     | !      | !      | !

        state              | ack    | ack 1 | ack 2  | ack 3 | give up 1 | give up 2 | give up 3 | delete
        ticket             | !      | !     | !      | !     | !         | !         | !         | xx
        ticket, post       | !      | !     | !      | !     | !         | !         | !         | xx
        running            | !      | =     | !      | !     | !         | !         | !         | xx
        running, post      | !      | =     | !      | !     | !         | !         | !         | xx
        made               | !      | =     | !      | !     | !         | CF2v      | !         | xx
        made, post         | !      | =     | !      | !     | !         | !         | !         | xx
        made, due          | CC2pdv | =     | CC2pdv | !     | !         | CF2pdv    | !         | xx
        made, sent         | CC2pdv | =     | CC2pdv | !     | !         | CF2pdv    | !         | xx
        made, seen         | =      | =     | =      | !     | !         | =         | !         | xx
        made, unseen       | CC2pdv | =     | CC2pdv | !     | !         | =         | !         | xx
        made, unposted     | !      | =     | !      | !     | !         | =         | !         | xx
        broken             | !      | =     | !      | !     | !         | EF2       | !         | xx
        broken, post       | !      | =     | !      | !     | !         | !         | !         | xx
        broken, due        | EC2pd  | =     | EC2pd  | !     | !         | EF2pd     | !         | xx
        broken, sent       | EC2pd  | =     | EC2pd  | !     | !         | EF2pd     | !         | xx
        broken, seen       | =      | =     | =      | !     | !         | =         | !         | xx
        broken, unseen     | EC2pd  | =     | EC2pd  | !     | !         | =         | !         | xx
        broken, unposted   | !      | =     | !      | !     | !         | =         | !         | xx
        rejected           | !      | =     | !      | !     | !         | RF2       | !         | xx
        rejected, post     | !      | =     | !      | !     | !         | !         | !         | xx
        rejected, due      | RC2pd  | =     | RC2pd  | !     | !         | RF2pd     | !         | xx
        rejected, sent     | RC2pd  | =     | RC2pd  | !     | !         | RF2pd     | !         | xx
        rejected, seen     | =      | =     | =      | !     | !         | =         | !         | xx
        rejected, unseen   | RC2pd  | =     | RC2pd  | !     | !         | =         | !         | xx
        rejected, unposted | !      | =     | !      | !     | !         | =         | !         | xx
        deleted            | !      | !     | !      | !     | !         | !         | !         | =
        """);

    private static readonly Dictionary<string, Func<VideoRecord>> s_states = new()
    {
        ["ticket"] = () => Ticket,
        ["ticket, post"] = () => Ticket.SubmitPost(s_post),
        ["running"] = () => Running,
        ["running, post"] = () => Running.SubmitPost(s_post),
        ["made"] = () => Made,
        ["made, post"] = () => Made.SubmitPost(s_post),
        ["made, due"] = () => Due(Made),
        ["made, sent"] = () => Due(Made).MarkNoticeSent(2, s_now),
        ["made, seen"] = () => Due(Made).MarkNoticeSent(2, s_now).AcknowledgeNotice(2, s_now),
        ["made, unseen"] = () => Due(Made).MarkNoticeSent(2, s_now).FailNotice(2),
        ["made, unposted"] = () => Made.FailNotice(2),
        ["broken"] = () => Broken,
        ["broken, post"] = () => Broken.SubmitPost(s_post),
        ["broken, due"] = () => Due(Broken),
        ["broken, sent"] = () => Due(Broken).MarkNoticeSent(2, s_now),
        ["broken, seen"] = () => Due(Broken).MarkNoticeSent(2, s_now).AcknowledgeNotice(2, s_now),
        ["broken, unseen"] = () => Due(Broken).MarkNoticeSent(2, s_now).FailNotice(2),
        ["broken, unposted"] = () => Broken.FailNotice(2),
        ["rejected"] = () => Rejected,
        ["rejected, post"] = () => Rejected.SubmitPost(s_post),
        ["rejected, due"] = () => Due(Rejected),
        ["rejected, sent"] = () => Due(Rejected).MarkNoticeSent(2, s_now),
        ["rejected, seen"] = () => Due(Rejected).MarkNoticeSent(2, s_now).AcknowledgeNotice(2, s_now),
        ["rejected, unseen"] = () => Due(Rejected).MarkNoticeSent(2, s_now).FailNotice(2),
        ["rejected, unposted"] = () => Rejected.FailNotice(2),
        ["deleted"] = () => Due(Made).Delete(s_now),
    };

    private static readonly Dictionary<string, Func<VideoRecord, VideoRecord>> s_transitions = new()
    {
        ["open 1"] = record => record.OpenJob(1, "other", s_later),
        ["open 2"] = record => record.OpenJob(2, "other", s_later),
        ["open 3"] = record => record.OpenJob(3, "other", s_later),
        ["open 4"] = record => record.OpenJob(4, "other", s_later),
        ["progress 1"] = record => record.ReportProgress(1, JobStep.Transcode, 40),
        ["progress 2"] = record => record.ReportProgress(2, JobStep.Transcode, 40),
        ["complete 1"] = record => record.CompleteJob(1, s_published, s_later),
        ["complete 2"] = record => record.CompleteJob(2, s_published, s_later),
        ["complete 3"] = record => record.CompleteJob(3, s_published, s_later),
        ["fail 1"] = record => record.FailJob(1, s_failure, s_later),
        ["fail 2"] = record => record.FailJob(2, s_failure, s_later),
        ["fail 3"] = record => record.FailJob(3, s_failure, s_later),
        ["reject 2"] = record => record.FailJob(2, s_rejection, s_later),
        ["post"] = record => record.SubmitPost(s_post with { SubmittedAt = s_later }),
        ["other post"] = record => record.SubmitPost(s_post with { Text = "else" }),
        ["due 1"] = record => record.MakeNoticeDue(1, s_later),
        ["due 2"] = record => record.MakeNoticeDue(2, s_later),
        ["due 3"] = record => record.MakeNoticeDue(3, s_later),
        ["sent 1"] = record => record.MarkNoticeSent(1, s_later),
        ["sent 2"] = record => record.MarkNoticeSent(2, s_later),
        ["sent 3"] = record => record.MarkNoticeSent(3, s_later),
        ["ack"] = record => record.AcknowledgeNotice(null, s_later),
        ["ack 1"] = record => record.AcknowledgeNotice(1, s_later),
        ["ack 2"] = record => record.AcknowledgeNotice(2, s_later),
        ["ack 3"] = record => record.AcknowledgeNotice(3, s_later),
        ["give up 1"] = record => record.FailNotice(1),
        ["give up 2"] = record => record.FailNotice(2),
        ["give up 3"] = record => record.FailNotice(3),
        ["delete"] = record => record.Delete(s_later),
    };

    public static TheoryData<string> States => [.. s_table.States];

    private static VideoRecord Ticket => new()
    {
        VideoId = VideoId.Parse("00000000000000000000000000000001"),
        Owner = UserId.Parse("alice"),
        CreatedAt = s_now,
        Upload = new DeclaredUpload("a.mp4", "video/mp4", 1),
    };

    private static VideoRecord Running => Ticket.OpenJob(1, "e", s_now).FailJob(1, s_failure, s_now).OpenJob(2, "e", s_now);

    private static VideoRecord Made => Running.CompleteJob(2, s_published, s_now);

    private static VideoRecord Broken => Running.FailJob(2, s_failure, s_now);

    private static VideoRecord Rejected => Running.FailJob(2, s_rejection, s_now);

    [Fact]
    public void The_table_is_about_every_transition_in_every_state()
    {
        Assert.Equal(s_states.Keys, s_table.States);
        Assert.Equal([Is, .. s_transitions.Keys], s_table.Events);
        string[] named = [.. typeof(VideoTransitions).GetMethods().Where(method => method.IsStatic).Select(method => method.Name)];
        Assert.Equal(
            ["AcknowledgeNotice", "CompleteJob", "Delete", "FailJob", "FailNotice", "MakeNoticeDue", "MarkNoticeSent", "OpenJob",
                "ReportProgress", "SubmitPost"],
            named.Order());
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Every_transition_does_what_the_table_says(string state)
    {
        VideoRecord before = s_states[state]();

        Assert.Equal(s_table[state, Is], Describe(before));
        Assert.Equal(
            s_transitions.Keys.Select(transition => $"{transition}: {s_table[state, transition]}"),
            s_transitions.Select(transition => $"{transition.Key}: {Try(before, transition.Value)}"));
    }

    private static VideoRecord Due(VideoRecord ended) => ended.SubmitPost(s_post).MakeNoticeDue(2, s_now);

    private static string Try(VideoRecord before, Func<VideoRecord, VideoRecord> transition)
    {
        try
        {
            VideoRecord after = transition(before);
            return ReferenceEquals(before, after) ? "="
                : Describe(after) == Describe(before) ? "~"
                : Describe(after);
        }
        catch (IllegalTransitionException)
        {
            return "!";
        }
    }

    private static string Describe(VideoRecord record)
    {
        if (record.IsDeleted)
        {
            return "xx";
        }

        char job = record.Job is { Error.IsRejection: true } ? 'R' : Letter(record.Job?.Status.ToString());
        return $"{job}{Letter(record.Notification?.Status.ToString())}{record.Job?.Attempt ?? 0}"
            + (record.Post is null ? "" : "p")
            + (record.Notification?.DueAt is null ? "" : "d")
            + (record.Published is null ? "" : "v");
    }

    private static char Letter(string? status) => status is null ? '-' : status[0];
}
