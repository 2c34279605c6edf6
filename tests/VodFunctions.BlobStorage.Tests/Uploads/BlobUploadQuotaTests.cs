using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Uploads;

public sealed class BlobUploadQuotaTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static readonly DateOnly s_day = new(2026, 5, 4);

    private readonly IUploadQuota _quota = storage.Get<IUploadQuota>();

    [Fact]
    public async Task Thirty_requests_at_once_get_exactly_the_limit()
    {
        UserId owner = Some.Owner();

        bool[] taken = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => TakeAsync(owner, s_day, 20))));

        Assert.Equal(20, taken.Count(one => one));
        Assert.False(await TakeAsync(owner, s_day, 20));
    }

    [Fact]
    public async Task Each_day_and_each_owner_has_a_limit_of_its_own()
    {
        UserId owner = Some.Owner();

        Assert.True(await TakeAsync(owner, s_day, 1));
        Assert.False(await TakeAsync(owner, s_day, 1));
        Assert.True(await TakeAsync(owner, s_day.AddDays(1), 1));
        Assert.True(await TakeAsync(Some.Owner(), s_day, 1));
    }

    [Fact]
    public async Task Days_gone_by_are_removed_and_later_ones_stay()
    {
        await using var own = new OwnStorage();
        IUploadQuota quota = await own.GetAsync<IUploadQuota>();
        UserId owner = Some.Owner();
        Assert.True(await quota.TryTakeAsync(owner, s_day, 1, CancellationToken.None));
        Assert.True(await quota.TryTakeAsync(owner, s_day.AddDays(1), 1, CancellationToken.None));

        await quota.RemoveBeforeAsync(s_day.AddDays(1), CancellationToken.None);
        await quota.RemoveBeforeAsync(s_day.AddDays(1), CancellationToken.None);

        Assert.True(await quota.TryTakeAsync(owner, s_day, 1, CancellationToken.None));
        Assert.False(await quota.TryTakeAsync(owner, s_day.AddDays(1), 1, CancellationToken.None));
    }

    [Fact]
    public async Task A_limit_that_was_raised_lets_go_on()
    {
        UserId owner = Some.Owner();
        Assert.True(await TakeAsync(owner, s_day, 1));
        Assert.False(await TakeAsync(owner, s_day, 1));

        Assert.True(await TakeAsync(owner, s_day, 2));
    }

    private Task<bool> TakeAsync(UserId owner, DateOnly day, int limit) =>
        _quota.TryTakeAsync(owner, day, limit, CancellationToken.None);
}
