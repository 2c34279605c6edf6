using Azure.Storage.Blobs.Models;
using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Publishing;

public sealed class BlobMediaStoreTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly IMediaStore _media = storage.Get<IMediaStore>();

    [Theory]
    [InlineData("master.m3u8", "application/vnd.apple.mpegurl", "public, max-age=60")]
    [InlineData("v240-500k/seg_00000.m4s", "video/mp4", "public, max-age=31536000, immutable")]
    [InlineData("v240-500k/segment_0.ts", "video/mp2t", "public, max-age=31536000, immutable")]
    [InlineData("storyboard.vtt", "text/vtt", "public, max-age=31536000, immutable")]
    public async Task A_file_is_stored_with_its_headers(string path, string contentType, string cacheControl)
    {
        JobId job = Some.Job();

        await _media.PutAsync(job, path, new MemoryStream([1, 2, 3]), s_none);

        BlobDownloadResult stored = await DownloadAsync($"{job.VideoId}/1/{path}");
        Assert.Equal([1, 2, 3], stored.Content.ToArray());
        Assert.Equal(contentType, stored.Details.ContentType);
        Assert.Equal(cacheControl, stored.Details.CacheControl);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(20)]
    public async Task A_file_of_any_size_replaces_the_one_before_it(int megabytes)
    {
        JobId job = Some.Job();
        byte[] bytes = Some.Bytes(megabytes << 20);
        await _media.PutAsync(job, "poster.jpg", new MemoryStream(Some.Bytes(100)), s_none);

        await _media.PutAsync(job, "poster.jpg", new ForwardOnlyStream(bytes), s_none);

        Assert.Equal(bytes, (await DownloadAsync($"{job.VideoId}/1/poster.jpg")).Content.ToArray());
    }

    [Fact]
    public async Task A_file_whose_reading_breaks_is_not_there_at_all()
    {
        JobId job = Some.Job();

        await Assert.ThrowsAsync<IOException>(
            () => _media.PutAsync(job, "init.mp4", new ForwardOnlyStream(Some.Bytes(9 << 20), breaksAt: 8 << 20), s_none));

        Assert.False(await storage.Containers.Media.GetBlobClient($"{job.VideoId}/1/init.mp4").ExistsAsync());
    }

    [Theory]
    [InlineData("../master.m3u8")]
    [InlineData("a/../../x.ts")]
    [InlineData("/x.ts")]
    [InlineData("a//x.ts")]
    [InlineData("a\\x.ts")]
    [InlineData("%2e%2e/x.ts")]
    [InlineData("")]
    [InlineData("run.exe")]
    public async Task A_path_that_leaves_the_folder_or_is_no_media_file_is_refused(string path) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _media.PutAsync(Some.Job(), path, new MemoryStream([1]), s_none));

    [Fact]
    public async Task Deleting_an_attempt_leaves_the_others_and_counts()
    {
        VideoId videoId = Some.VideoId();
        VideoId other = Some.VideoId();
        for (int index = 0; index < 30; index++)
        {
            await _media.PutAsync(new(videoId, 1), $"v/seg_{index}.m4s", new MemoryStream([1]), s_none);
        }

        await _media.PutAsync(new(videoId, 10), "master.m3u8", new MemoryStream([1]), s_none);
        await _media.PutAsync(new(other, 1), "master.m3u8", new MemoryStream([1]), s_none);

        Assert.Equal(30, await _media.DeleteAsync(videoId, 1, s_none));
        Assert.Equal(0, await _media.DeleteAsync(videoId, 1, s_none));
        Assert.Equal(1, await _media.DeleteAsync(videoId, null, s_none));
        Assert.True(await storage.Containers.Media.GetBlobClient($"{other}/1/master.m3u8").ExistsAsync());
    }

    private async Task<BlobDownloadResult> DownloadAsync(string name) =>
        await storage.Containers.Media.GetBlobClient(name).DownloadContentAsync();
}
