using Azure.Storage.Blobs.Models;
using VodFunctions.BlobStorage.Listing;
using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Videos;

public sealed class OwnerListingTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly IVideoRecords _records = storage.Get<IVideoRecords>();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(23)]
    [InlineData(100)]
    public async Task Pages_of_any_size_give_every_video_once_newest_first(int limit)
    {
        List<VideoRecord> records = await CreateAsync(Some.Owner(), 23);

        List<VideoRecord> listed = await ListAllAsync(records[0].Owner, limit);

        Assert.Equal(records.AsEnumerable().Reverse(), listed);
    }

    [Fact]
    public async Task Tombstones_and_vanished_records_are_left_out_and_pages_are_full_all_the_same()
    {
        List<VideoRecord> records = await CreateAsync(Some.Owner(), 20);
        foreach (VideoRecord deleted in records.Skip(10).Take(8))
        {
            await _records.UpdateAsync(deleted.VideoId, current => current.Delete(Some.Moment), s_none);
        }

        await _records.RemoveAsync(records[9].VideoId, s_none);

        Page<VideoRecord> page = await _records.ListByOwnerAsync(records[0].Owner, null, 5, s_none);
        VideoRecord[] expected = [records[19], records[18], records[8], records[7], records[6]];
        Assert.Equal(expected, page.Items);

        Page<VideoRecord> rest = await _records.ListByOwnerAsync(records[0].Owner, page.Cursor, 50, s_none);
        Assert.Equal(records.Take(6).Reverse(), rest.Items);
        Assert.Null(rest.Cursor);
    }

    [Fact]
    public async Task A_listing_of_nothing_but_tombstones_ends()
    {
        List<VideoRecord> records = await CreateAsync(Some.Owner(), 9);
        foreach (VideoRecord record in records)
        {
            await _records.UpdateAsync(record.VideoId, current => current.Delete(Some.Moment), s_none);
        }

        Page<VideoRecord> page = await _records.ListByOwnerAsync(records[0].Owner, null, 2, s_none);

        Assert.Empty(page.Items);
        Assert.Null(page.Cursor);
    }

    [Fact]
    public async Task What_is_created_between_two_pages_shifts_nothing()
    {
        UserId owner = Some.Owner();
        List<VideoRecord> records = await CreateAsync(owner, 6);
        Page<VideoRecord> first = await _records.ListByOwnerAsync(owner, null, 2, s_none);

        await _records.CreateAsync(Some.Record(owner, Some.Moment.AddDays(1)), s_none);
        await _records.RemoveFromOwnerIndexAsync(first.Items[1], s_none);
        Page<VideoRecord> second = await _records.ListByOwnerAsync(owner, first.Cursor, 2, s_none);

        Assert.Equal([records[3], records[2]], second.Items);
    }

    [Theory]
    [InlineData("../..")]
    [InlineData("..")]
    [InlineData("a/../../videos")]
    [InlineData("/")]
    [InlineData("a\\b?c#d%2e%2e")]
    [InlineData("김철수/☃")]
    [InlineData("google-oauth2|1")]
    public async Task A_hostile_owner_stays_below_a_prefix_of_its_own(string subject)
    {
        UserId owner = UserId.Parse(subject);
        List<VideoRecord> records = await CreateAsync(owner, 3);

        Assert.Equal(records.AsEnumerable().Reverse(), await ListAllAsync(owner, 2));
        List<string> names = await NamesAsync($"owners/{owner.ToPathSegment()}/");
        Assert.Equal(3, names.Count);
        Assert.All(
            await NamesAsync("owners/"), name => Assert.Matches("^owners/[0-9a-f]{64}/[0-9a-f]{16}-[0-9a-f]{32}\\.json$", name));
    }

    [Fact]
    public async Task A_cursor_of_another_owner_is_refused()
    {
        List<VideoRecord> mine = await CreateAsync(Some.Owner(), 3);
        Page<VideoRecord> page = await _records.ListByOwnerAsync(mine[0].Owner, null, 1, s_none);

        await Assert.ThrowsAsync<FormatException>(
            () => _records.ListByOwnerAsync(Some.Owner(), page.Cursor, 1, s_none));
    }

    [Fact]
    public async Task A_forged_marker_shows_nothing_outside_of_the_prefix()
    {
        List<VideoRecord> mine = await CreateAsync(Some.Owner(), 3);
        string prefix = $"owners/{mine[0].Owner.ToPathSegment()}/";
        await CreateAsync(Some.Owner(), 3);

        foreach (string marker in (string[])["owners/", "a", "../videos/", "zzz", "owners/0000"])
        {
            Page<VideoRecord> page = await _records.ListByOwnerAsync(
                mine[0].Owner, new Cursor(marker, "").ToText(prefix), 50, s_none);
            Assert.All(page.Items, record => Assert.Equal(mine[0].Owner, record.Owner));
        }
    }

    [Fact]
    public async Task An_index_entry_that_points_to_a_foreign_video_is_skipped()
    {
        List<VideoRecord> mine = await CreateAsync(Some.Owner(), 1);
        List<VideoRecord> foreign = await CreateAsync(Some.Owner(), 1);
        string name = IndexEntry.NameOf(
            $"owners/{mine[0].Owner.ToPathSegment()}/", Some.Moment, foreign[0].VideoId.ToString());
        await storage.Containers.State.GetBlobClient(name).UploadAsync(new BinaryData("{}"));

        Assert.Equal(mine, await ListAllAsync(mine[0].Owner, 10));
    }

    private async Task<List<VideoRecord>> CreateAsync(UserId owner, int count)
    {
        List<VideoRecord> records = [.. Enumerable.Range(0, count)
            .Select(index => Some.Record(owner, Some.Moment.AddTicks(index * 12345L)))];
        await Task.WhenAll(records.Select(record => _records.CreateAsync(record, s_none)));
        return records;
    }

    private async Task<List<VideoRecord>> ListAllAsync(UserId owner, int limit)
    {
        List<VideoRecord> all = [];
        string? cursor = null;
        do
        {
            Page<VideoRecord> page = await _records.ListByOwnerAsync(owner, cursor, limit, s_none);
            Assert.InRange(page.Items.Count, 0, limit);
            all.AddRange(page.Items);
            cursor = page.Cursor;
        }
        while (cursor is not null);
        return all;
    }

    private async Task<List<string>> NamesAsync(string prefix)
    {
        List<string> names = [];
        await foreach (var blob in storage.Containers.State.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }))
        {
            names.Add(blob.Name);
        }

        return names;
    }
}
