using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.BlobStorage.Feeds;
using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Videos;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Feeds;

/// <summary>What the anonymous feed costs in calls to the storage.</summary>
public sealed class FeedMemoryTests
{
    private const int PageSize = 50;
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task A_page_is_read_once_for_all_and_then_costs_its_listing_and_what_is_new()
    {
        await using var storage = new StorageFixture();
        await storage.InitializeAsync();
        using var calls = new CountingHandler();
        using var http = new HttpClient(calls);
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var client = new BlobServiceClient(
            storage.ConnectionString, new BlobClientOptions { Transport = new HttpClientTransport(http) });
        await using ServiceProvider reader = StorageFixture.Build(storage.ConnectionString, client, time);
        IFeedStore writer = storage.Get<IFeedStore>();
        IFeedStore feed = reader.GetRequiredService<IFeedStore>();
        for (int index = 0; index < PageSize; index++)
        {
            await writer.PutAsync(Some.Entry(Some.Moment.AddSeconds(index)), s_none);
        }

        int CallsSince(int before) => calls.Count - before;

        Page<FeedEntry>[] first = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => feed.ListAsync(null, PageSize, s_none)));
        Assert.All(first, page => Assert.Equal(PageSize, page.Items.Count));
        Assert.Equal(PageSize + 1, CallsSince(0));

        int before = calls.Count;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => feed.ListAsync(null, PageSize, s_none)));
        Assert.Equal(0, CallsSince(before));

        time.Advance(FeedMemory.PageLifetime);
        before = calls.Count;
        await feed.ListAsync(null, PageSize, s_none);
        Assert.Equal(1, CallsSince(before));

        FeedEntry fresh = Some.Entry(Some.Moment.AddHours(1));
        await writer.PutAsync(fresh, s_none);
        time.Advance(FeedMemory.PageLifetime);
        before = calls.Count;
        Page<FeedEntry> changed = await feed.ListAsync(null, PageSize, s_none);
        Assert.Equal((2, fresh.FeedId), (CallsSince(before), changed.Items[0].FeedId));

        await writer.PutAsync(fresh with { Text = "changed" }, s_none);
        time.Advance(FeedMemory.PageLifetime);
        Assert.Equal("changed", (await feed.ListAsync(null, PageSize, s_none)).Items[0].Text);
    }

    [Fact]
    public async Task Who_changes_the_feed_sees_it_at_once()
    {
        await using var storage = new OwnStorage();
        IFeedStore feed = await storage.GetAsync<IFeedStore>();
        FeedEntry entry = Some.Entry(Some.Moment);
        Assert.Empty((await feed.ListAsync(null, 10, s_none)).Items);

        await feed.PutAsync(entry, s_none);
        Assert.Single((await feed.ListAsync(null, 10, s_none)).Items);

        await feed.RemoveAsync(entry.FeedId, entry.SubmittedAt, s_none);
        Assert.Empty((await feed.ListAsync(null, 10, s_none)).Items);
    }

    [Fact]
    public async Task A_caller_that_leaves_and_a_reading_that_fails_harm_no_other()
    {
        var memory = new FeedMemory(TimeProvider.System);
        var gate = new TaskCompletionSource<Page<FeedEntry>>();
        using var stranger = new CancellationTokenSource();
        Task<Page<FeedEntry>> left = memory.PageAsync(null, 10, _ => gate.Task, stranger.Token);
        Task<Page<FeedEntry>> stays = memory.PageAsync(null, 10, _ => throw new InvalidOperationException(), s_none);
        await stranger.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        gate.SetResult(new([], null));
        Assert.Empty((await stays).Items);

        memory.ForgetPages();
        await Assert.ThrowsAsync<IOException>(() => memory.PageAsync(null, 10, _ => throw new IOException("down"), s_none));
        Assert.Empty((await memory.PageAsync(null, 10, _ => gate.Task, s_none)).Items);
    }
}
