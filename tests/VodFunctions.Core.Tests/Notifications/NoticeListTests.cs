using VodFunctions.Core.Notifications;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Processing.Activities;
using VodFunctions.Core.Videos;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Core.Tests.Notifications;

/// <summary>What one who was away finds.</summary>
public sealed class NoticeListTests : IAsyncDisposable
{
    private const int PageSize = 50;

    private static readonly JobError s_failure = new(JobErrorCode.EncodeFailed);

    private readonly VodWorld _world = new(("Vod:Uploads:PerOwnerAndDay", "1000"));

    public NoticeListTests() => _world.WithoutEngine();

    [Fact]
    public async Task It_is_paged_newest_first()
    {
        JobId[] due = await DueAsync(2 * PageSize + 1);

        Page<Notice> first = await ListAsync();
        Page<Notice> second = await ListAsync(first.Cursor);
        Page<Notice> third = await ListAsync(second.Cursor);

        Assert.Equal([PageSize, PageSize, 1], new[] { first, second, third }.Select(page => page.Items.Count));
        Assert.Equal(due.Reverse(), Ids(first, second, third));
        Assert.Null(third.Cursor);
    }

    [Fact]
    public async Task A_page_that_is_just_full_is_the_last_one()
    {
        await DueAsync(PageSize);

        Page<Notice> only = await ListAsync();

        Assert.Equal(PageSize, only.Items.Count);
        Assert.Null(only.Cursor);
    }

    [Fact]
    public async Task Acknowledging_between_pages_lists_nothing_twice_and_leaves_nothing_out()
    {
        JobId[] due = await DueAsync(3 * PageSize);
        var seen = new List<JobId>();
        string? cursor = null;
        do
        {
            Page<Notice> page = await ListAsync(cursor);
            foreach (Notice notice in page.Items)
            {
                seen.Add(notice.NotificationId);
                await AcknowledgeAsync(notice.NotificationId);
            }

            cursor = page.Cursor;
        }
        while (cursor is not null);

        Assert.Equal(due.Reverse(), seen);
        Assert.Empty((await ListAsync()).Items);
    }

    [Fact]
    public async Task What_is_acknowledged_ahead_is_left_out_and_what_falls_due_meanwhile_does_not_shift_the_pages()
    {
        JobId[] due = await DueAsync(2 * PageSize);
        Page<Notice> first = await ListAsync();
        await AcknowledgeAsync(due[0]);
        JobId[] meanwhile = await DueAsync(3);

        Page<Notice> second = await ListAsync(first.Cursor);

        Assert.Equal(due[1..].Reverse(), Ids(first, second));
        Assert.Equal(meanwhile.Reverse(), Ids(await ListAsync()).Take(3));
    }

    [Fact]
    public async Task An_index_that_is_behind_the_records_shortens_a_page_and_ends_no_listing()
    {
        JobId[] due = await DueAsync(PageSize + 2);
        foreach (JobId id in due[2..])
        {
            // Killed after the record was written, before the index was.
            await ChangeAsync(id.VideoId, record => record.AcknowledgeNotice(1, _world.Time.GetUtcNow()));
        }

        Page<Notice> first = await ListAsync();
        Page<Notice> second = await ListAsync(first.Cursor);

        Assert.Empty(first.Items);
        Assert.NotNull(first.Cursor);
        Assert.Equal([due[1], due[0]], Ids(second));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("00")]
    [InlineData("../../other")]
    public async Task An_unreadable_cursor_is_refused(string cursor)
    {
        ProblemException problem = await Assert.ThrowsAsync<ProblemException>(() => ListAsync(cursor));
        Assert.Equal(ProblemCode.InvalidRequest, problem.Code);
    }

    [Fact]
    public async Task One_that_was_given_up_stays_until_it_is_acknowledged()
    {
        JobId[] due = await DueAsync(2);
        foreach (JobId id in due)
        {
            await ChangeAsync(id.VideoId, record => record.FailNotice(1));
        }

        Assert.Equal(due.Reverse(), Ids(await ListAsync()));
        await AcknowledgeAsync(due[1]);
        Assert.Equal([due[0]], Ids(await ListAsync()));
    }

    [Fact]
    public async Task A_requeue_ends_the_old_notice_and_starts_a_new_one()
    {
        JobId first = Assert.Single(await DueAsync(1));
        var second = new JobId(first.VideoId, 2);

        await _world.Get<Requeueing>().RequeueAsync(VodWorld.Admin, first.VideoId, default);
        Assert.Empty((await ListAsync()).Items);
        Assert.Empty(_world.NoticeIndex.Of(VodWorld.Alice.User));

        await OpenAsync(second);
        Assert.Equal([second], Ids(await ListAsync()));

        await AcknowledgeAsync(first);
        Assert.Equal([second], Ids(await ListAsync()));

        await AcknowledgeAsync(second);
        Assert.Empty((await ListAsync()).Items);
    }

    [Fact]
    public async Task What_the_first_attempt_still_wrote_into_the_index_after_a_requeue_is_not_listed()
    {
        JobId first = Assert.Single(await DueAsync(1));
        await _world.Get<Requeueing>().RequeueAsync(VodWorld.Admin, first.VideoId, default);
        await _world.NoticeIndex.AddAsync(VodWorld.Alice.User, first, _world.Time.GetUtcNow(), default);

        Assert.Empty((await ListAsync()).Items);
    }

    [Fact]
    public async Task Strangers_notices_are_never_listed()
    {
        JobId[] mine = await DueAsync(2);
        JobId[] theirs = await DueAsync(2, VodWorld.Bob);
        // Not even when an entry went astray: the record says whose it is.
        await _world.NoticeIndex.AddAsync(VodWorld.Alice.User, theirs[0], _world.Time.GetUtcNow(), default);

        Assert.Equal(mine.Reverse(), Ids(await ListAsync()));
        Assert.Equal(theirs.Reverse(), Ids(await ListAsync(caller: VodWorld.Bob)));
    }

    [Fact]
    public async Task One_who_is_never_notified_has_no_list()
    {
        foreach (Caller caller in (Caller[])[VodWorld.Viewer, VodWorld.Admin])
        {
            ProblemException problem = await Assert.ThrowsAsync<ProblemException>(() => ListAsync(caller: caller));
            Assert.Equal(ProblemCode.Forbidden, problem.Code);
        }
    }

    [Fact]
    public async Task A_deleted_videos_notice_is_not_listed()
    {
        JobId[] due = await DueAsync(2);

        await _world.Get<VideoDeletion>().DeleteAsync(VodWorld.Alice, due[0].VideoId, default);

        Assert.Equal([due[1]], Ids(await ListAsync()));
        Assert.Equal([due[1]], _world.NoticeIndex.Of(VodWorld.Alice.User));
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private static IEnumerable<JobId> Ids(params Page<Notice>[] pages) =>
        pages.SelectMany(page => page.Items).Select(notice => notice.NotificationId);

    /// <summary>Failures whose notices fall due one second after the other, in this order.</summary>
    private async Task<JobId[]> DueAsync(int count, Caller? caller = null)
    {
        var ids = new JobId[count];
        for (int index = 0; index < count; index++)
        {
            VideoId videoId = await _world.IssueAsync(caller);
            await _world.PostAsync(videoId, caller);
            ids[index] = new JobId(videoId, 1);
            await ChangeAsync(videoId, record => record.OpenJob(1, "e", _world.Time.GetUtcNow()));
            await OpenAsync(ids[index]);
        }

        return ids;
    }

    /// <summary>The job fails, and its notice falls due, as the orchestration has it.</summary>
    private async Task OpenAsync(JobId id)
    {
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await ChangeAsync(id.VideoId, record => record.FailJob(id.Attempt, s_failure, _world.Time.GetUtcNow()));
        await _world.Get<OpenNotice>().RunAsync(id, default);
    }

    private async Task ChangeAsync(VideoId videoId, Func<VideoRecord, VideoRecord> change) =>
        await _world.Records.UpdateAsync(videoId, change, default);

    private Task AcknowledgeAsync(JobId id) =>
        _world.Get<Notices>().AcknowledgeAsync(VodWorld.Alice, id.VideoId, id, default);

    private Task<Page<Notice>> ListAsync(string? cursor = null, Caller? caller = null) =>
        _world.Get<Notices>().ListAsync(caller ?? VodWorld.Alice, cursor, null, default);
}
