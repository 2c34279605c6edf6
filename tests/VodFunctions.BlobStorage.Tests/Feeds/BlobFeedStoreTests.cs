using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Json;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Feeds;

public sealed class BlobFeedStoreTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task The_feed_is_paged_newest_first_and_forgets_what_was_removed()
    {
        await using var storage = new OwnStorage();
        IFeedStore feed = await storage.GetAsync<IFeedStore>();
        FeedEntry[] entries = [.. Enumerable.Range(0, 12).Select(index => Some.Entry(Some.Moment.AddSeconds(index)))];
        await Task.WhenAll(entries.Select(entry => feed.PutAsync(entry, s_none)));
        await feed.RemoveAsync(entries[5].FeedId, entries[5].SubmittedAt, s_none);
        await feed.RemoveAsync(entries[5].FeedId, entries[5].SubmittedAt, s_none);

        Page<FeedEntry> first = await feed.ListAsync(null, 8, s_none);
        Page<FeedEntry> second = await feed.ListAsync(first.Cursor, 8, s_none);

        string[] expected = [.. entries.Where(entry => entry != entries[5]).Reverse().Select(VodJson.Serialize)];
        Assert.Equal(expected[..8], first.Items.Select(VodJson.Serialize));
        Assert.Equal(expected[8..], second.Items.Select(VodJson.Serialize));
        Assert.Null(second.Cursor);
        await Assert.ThrowsAsync<FormatException>(() => feed.ListAsync("garbage", 8, s_none));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => feed.ListAsync(null, 0, s_none));
    }

    [Fact]
    public async Task An_entry_stored_again_replaces_itself()
    {
        await using var storage = new OwnStorage();
        IFeedStore feed = await storage.GetAsync<IFeedStore>();
        FeedEntry entry = Some.Entry(Some.Moment, "처음");
        await feed.PutAsync(entry, s_none);

        await feed.PutAsync(entry with { Text = "다음 </script>" }, s_none);

        Assert.Equal("다음 </script>", Assert.Single((await feed.ListAsync(null, 10, s_none)).Items).Text);
    }

    [Fact]
    public async Task A_long_feed_is_walked_once_over()
    {
        await using var storage = new OwnStorage();
        IFeedStore feed = await storage.GetAsync<IFeedStore>();
        FeedEntry[] entries = [.. Enumerable.Range(0, 400).Select(index => Some.Entry(Some.Moment.AddTicks(index)))];
        await Parallel.ForEachAsync(entries, async (entry, token) => await feed.PutAsync(entry, token));

        List<FeedId> walked = [];
        string? cursor = null;
        do
        {
            Page<FeedEntry> page = await feed.ListAsync(cursor, 70, s_none);
            walked.AddRange(page.Items.Select(entry => entry.FeedId));
            cursor = page.Cursor;
        }
        while (cursor is not null);

        Assert.Equal(entries.Reverse().Select(entry => entry.FeedId), walked);
    }
}
