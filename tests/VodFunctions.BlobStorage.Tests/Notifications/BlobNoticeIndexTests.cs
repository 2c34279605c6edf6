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
}
