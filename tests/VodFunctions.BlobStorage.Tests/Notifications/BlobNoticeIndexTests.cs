using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Notifications;

public sealed class BlobNoticeIndexTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly INoticeIndex _notices = storage.Get<INoticeIndex>();

    [Fact]
    public async Task Notices_are_listed_newest_first_and_twice_is_fine()
    {
        UserId owner = Some.Owner();
        JobId[] jobs = [Some.Job(), new(Some.VideoId(), 12), Some.Job()];
        for (int index = 0; index < jobs.Length; index++)
        {
            await _notices.AddAsync(owner, jobs[index], Some.Moment.AddSeconds(index), s_none);
            await _notices.AddAsync(owner, jobs[index], Some.Moment.AddSeconds(index), s_none);
        }

        Page<JobId> first = await _notices.ListAsync(owner, null, 2, s_none);
        Page<JobId> second = await _notices.ListAsync(owner, first.Cursor, 2, s_none);

        Assert.Equal([jobs[2], jobs[1]], first.Items);
        Assert.Equal([jobs[0]], second.Items);
        Assert.Null(second.Cursor);
    }

    [Fact]
    public async Task Removing_between_pages_lists_nothing_twice_and_leaves_nothing_out()
    {
        UserId owner = Some.Owner();
        JobId[] jobs = await AddAsync(owner, 11, Some.Moment);
        var seen = new List<JobId>();
        string? cursor = null;
        do
        {
            Page<JobId> page = await _notices.ListAsync(owner, cursor, 3, s_none);
            seen.AddRange(page.Items);
            foreach (JobId job in page.Items)
            {
                await _notices.RemoveAsync(owner, job, MomentOf(jobs, job), s_none);
            }

            cursor = page.Cursor;
        }
        while (cursor is not null);

        Assert.Equal(jobs.Reverse(), seen);
        Assert.Empty((await _notices.ListAsync(owner, null, 10, s_none)).Items);
    }

    [Fact]
    public async Task What_is_removed_ahead_is_left_out_and_what_comes_meanwhile_does_not_shift_the_pages()
    {
        UserId owner = Some.Owner();
        JobId[] jobs = await AddAsync(owner, 6, Some.Moment);
        Page<JobId> first = await _notices.ListAsync(owner, null, 2, s_none);

        // The very entry that the next page would begin with, and all that the first one showed.
        foreach (JobId job in (JobId[])[jobs[3], jobs[4], jobs[5]])
        {
            await _notices.RemoveAsync(owner, job, MomentOf(jobs, job), s_none);
        }

        JobId[] meanwhile = await AddAsync(owner, 2, Some.Moment.AddHours(1));
        Page<JobId> second = await _notices.ListAsync(owner, first.Cursor, 2, s_none);
        Page<JobId> third = await _notices.ListAsync(owner, second.Cursor, 2, s_none);

        Assert.Equal([jobs[5], jobs[4]], first.Items);
        Assert.Equal([jobs[2], jobs[1], jobs[0]], [.. second.Items, .. third.Items]);
        Assert.Null(third.Cursor);
        Assert.Equal(meanwhile.Reverse(), (await _notices.ListAsync(owner, null, 2, s_none)).Items);
    }

    [Fact]
    public async Task A_cursor_of_nobody_or_of_another_owner_is_refused()
    {
        UserId owner = Some.Owner();
        UserId other = Some.Owner();
        await AddAsync(owner, 3, Some.Moment);
        await AddAsync(other, 3, Some.Moment);
        string theirs = (await _notices.ListAsync(other, null, 1, s_none)).Cursor!;

        foreach (string cursor in (string[])["x", "", "!", theirs, theirs[..^2]])
        {
            await Assert.ThrowsAsync<FormatException>(() => _notices.ListAsync(owner, cursor, 1, s_none));
        }
    }

    [Fact]
    public async Task A_removed_notice_is_gone_for_its_owner_alone()
    {
        UserId owner = Some.Owner();
        UserId other = Some.Owner();
        JobId job = Some.Job();
        await _notices.AddAsync(owner, job, Some.Moment, s_none);
        await _notices.AddAsync(other, job, Some.Moment, s_none);

        await _notices.RemoveAsync(owner, job, Some.Moment, s_none);
        await _notices.RemoveAsync(owner, job, Some.Moment, s_none);

        Assert.Empty((await _notices.ListAsync(owner, null, 10, s_none)).Items);
        Assert.Equal([job], (await _notices.ListAsync(other, null, 10, s_none)).Items);
    }

    /// <summary>Notices that fall due one second after the other, in this order.</summary>
    private async Task<JobId[]> AddAsync(UserId owner, int count, DateTimeOffset from)
    {
        JobId[] jobs = [.. Enumerable.Range(0, count).Select(_ => Some.Job())];
        for (int index = 0; index < count; index++)
        {
            await _notices.AddAsync(owner, jobs[index], from.AddSeconds(index), s_none);
        }

        return jobs;
    }

    private static DateTimeOffset MomentOf(JobId[] jobs, JobId job) => Some.Moment.AddSeconds(Array.IndexOf(jobs, job));
}
