using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Videos;

public sealed class BlobVideoRecordsTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly IVideoRecords _records = storage.Get<IVideoRecords>();

    [Fact]
    public async Task A_record_is_read_back_as_it_was_stored()
    {
        VideoRecord record = Some.Record();

        await _records.CreateAsync(record, s_none);

        Assert.Equal(record, await _records.FindAsync(record.VideoId, s_none));
    }

    [Fact]
    public async Task There_is_no_record_of_an_unknown_video()
    {
        Assert.Null(await _records.FindAsync(Some.VideoId(), s_none));
        Assert.Null(await _records.UpdateAsync(Some.VideoId(), _ => throw new InvalidOperationException(), s_none));
    }

    [Fact]
    public async Task A_taken_id_is_refused_and_its_record_stays()
    {
        VideoRecord first = Some.Record();
        VideoRecord second = Some.Record() with { VideoId = first.VideoId };
        await _records.CreateAsync(first, s_none);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _records.CreateAsync(second, s_none));

        Assert.Equal(first, await _records.FindAsync(first.VideoId, s_none));
        Assert.Empty((await _records.ListByOwnerAsync(second.Owner, null, 10, s_none)).Items);
        Assert.Equal([first], (await _records.ListByOwnerAsync(first.Owner, null, 10, s_none)).Items);
    }

    [Fact]
    public async Task Creating_the_same_record_again_is_a_retry()
    {
        VideoRecord record = Some.Record();
        await _records.CreateAsync(record, s_none);

        await _records.CreateAsync(record, s_none);

        Assert.Equal([record], (await _records.ListByOwnerAsync(record.Owner, null, 10, s_none)).Items);
    }

    [Fact]
    public async Task Fifty_updates_at_once_lose_none()
    {
        VideoRecord record = Some.Record() with { Upload = new("0", "video/mp4", 0) };
        await _records.CreateAsync(record, s_none);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => _records.UpdateAsync(
            record.VideoId,
            current => current with { Upload = current.Upload! with { SizeBytes = current.Upload.SizeBytes + 1 } },
            s_none))));

        Assert.Equal(50, (await _records.FindAsync(record.VideoId, s_none))!.Upload!.SizeBytes);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_writes_nothing()
    {
        VideoRecord record = Some.Record();
        await _records.CreateAsync(record, s_none);
        BlobClient blob = storage.Containers.State.GetBlobClient($"videos/{record.VideoId}.json");
        BlobProperties before = await blob.GetPropertiesAsync();

        Assert.Equal(record, await _records.UpdateAsync(record.VideoId, current => current, s_none));

        BlobProperties after = await blob.GetPropertiesAsync();
        Assert.Equal(before.ETag, after.ETag);
    }

    [Fact]
    public async Task An_illegal_transition_ends_the_update_and_changes_nothing()
    {
        VideoRecord record = Some.Record();
        await _records.CreateAsync(record, s_none);

        await Assert.ThrowsAsync<IllegalTransitionException>(() => _records.UpdateAsync(
            record.VideoId, current => current.OpenJob(2, "etag", Some.Moment), s_none));

        Assert.Equal(record, await _records.FindAsync(record.VideoId, s_none));
    }

    [Fact]
    public async Task An_update_reapplies_when_another_was_quicker()
    {
        VideoRecord record = Some.Record();
        await _records.CreateAsync(record, s_none);
        int runs = 0;

        VideoRecord? updated = await _records.UpdateAsync(
            record.VideoId,
            current =>
            {
                if (runs++ == 0)
                {
                    _records.UpdateAsync(
                        record.VideoId, other => other.SubmitPost(new(Some.FeedId(), "post", Some.Moment)), s_none)
                        .GetAwaiter().GetResult();
                }

                return current.OpenJob(1, "etag", Some.Moment);
            },
            s_none);

        Assert.Equal(2, runs);
        Assert.NotNull(updated!.Post);
        Assert.NotNull(updated.Job);
        Assert.Equal(updated, await _records.FindAsync(record.VideoId, s_none));
    }

    [Fact]
    public async Task A_removed_record_is_gone_and_removing_it_twice_is_fine()
    {
        VideoRecord record = Some.Record();
        await _records.CreateAsync(record, s_none);

        for (int time = 0; time < 2; time++)
        {
            await _records.RemoveAsync(record.VideoId, s_none);
            await _records.RemoveFromOwnerIndexAsync(record, s_none);
        }

        Assert.Null(await _records.FindAsync(record.VideoId, s_none));
    }
}
