using System.Net;
using Azure;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging.Abstractions;
using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.BlobStorage.Uploads;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Uploads;

public sealed class UploadUrlTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static readonly CancellationToken s_none = CancellationToken.None;
    private static readonly HttpClient s_http = new();

    private readonly IUploadStore _uploads = storage.Get<IUploadStore>();
    private readonly VideoId _videoId = Some.VideoId();

    [Fact]
    public async Task One_put_stores_the_upload()
    {
        byte[] bytes = Some.Bytes(1000);

        Assert.Equal(HttpStatusCode.Created, await PutAsync(await UrlAsync(), bytes));

        StoredUpload stored = (await _uploads.FindAsync(_videoId, s_none))!;
        Assert.Equal((_videoId, 1000), (stored.VideoId, stored.SizeBytes));
        Assert.DoesNotContain('"', stored.ETag);
        Assert.Contains(stored, await ListAsync());
    }

    [Fact]
    public async Task A_renewed_url_goes_on_with_the_blocks_of_the_one_before()
    {
        byte[][] parts = [Some.Bytes(500), Some.Bytes(700)];
        BlockBlobClient first = new(await UrlAsync());
        await first.StageBlockAsync(BlockId(0), new MemoryStream(parts[0]));

        BlockBlobClient renewed = new(await UrlAsync(TimeSpan.FromMinutes(7)));
        BlockList staged = await renewed.GetBlockListAsync(BlockListTypes.Uncommitted);
        Assert.Equal([BlockId(0)], staged.UncommittedBlocks.Select(block => block.Name));
        Assert.Null(await _uploads.FindAsync(_videoId, s_none));
        Assert.DoesNotContain(await ListAsync(), upload => upload.VideoId == _videoId);

        await renewed.StageBlockAsync(BlockId(1), new MemoryStream(parts[1]));
        await renewed.CommitBlockListAsync([BlockId(0), BlockId(1)]);

        StoredUpload stored = (await _uploads.FindAsync(_videoId, s_none))!;
        using var copy = new MemoryStream();
        await _uploads.DownloadAsync(_videoId, stored.ETag, 1200, copy, s_none);
        Assert.Equal(parts.SelectMany(part => part), copy.ToArray());
    }

    [Fact]
    public async Task An_expired_url_is_refused() => Assert.Equal(
        HttpStatusCode.Forbidden, await PutAsync(await UrlAsync(TimeSpan.FromSeconds(-30)), Some.Bytes(10)));

    [Theory]
    [InlineData(9)]
    [InlineData(-9)]
    public async Task The_expiry_is_a_moment_whatever_its_offset(int hours)
    {
        TimeSpan offset = TimeSpan.FromHours(hours);
        DateTimeOffset now = TimeProvider.System.GetUtcNow().ToOffset(offset);

        Uri expired = await _uploads.CreateUploadUrlAsync(_videoId, now.AddSeconds(-30), s_none);
        Uri valid = await _uploads.CreateUploadUrlAsync(_videoId, now.AddMinutes(5), s_none);

        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(expired, Some.Bytes(10)));
        Assert.Equal(HttpStatusCode.Created, await PutAsync(valid, Some.Bytes(10)));
    }

    [Fact]
    public async Task The_url_of_one_video_opens_no_other()
    {
        VideoId other = Some.VideoId();
        await storage.Containers.Uploads.GetBlobClient($"{other}/source").UploadAsync(new BinaryData("other"));
        var foreign = new BlobUriBuilder(await UrlAsync()) { BlobName = $"{other}/source" };

        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(foreign.ToUri(), Some.Bytes(10)));
        Assert.Equal(HttpStatusCode.Forbidden, (await s_http.GetAsync(foreign.ToUri())).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await s_http.DeleteAsync(foreign.ToUri())).StatusCode);
    }

    [Fact]
    public async Task The_url_of_a_video_opens_no_other_container()
    {
        var media = new BlobUriBuilder(await UrlAsync()) { BlobContainerName = "media" };

        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(media.ToUri(), Some.Bytes(10)));
    }

    [Fact]
    public async Task The_url_neither_deletes_its_blob_nor_lists_the_container()
    {
        Uri url = await UrlAsync();
        await PutAsync(url, Some.Bytes(10));
        int end = url.AbsolutePath.IndexOf($"/{_videoId}", StringComparison.Ordinal);
        var container = new UriBuilder(url) { Path = url.AbsolutePath[..end] };
        container.Query += "&restype=container&comp=list";

        Assert.Equal(HttpStatusCode.Forbidden, (await s_http.DeleteAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await s_http.GetAsync(container.Uri)).StatusCode);
        Assert.NotNull(await _uploads.FindAsync(_videoId, s_none));
    }

    [Fact]
    public async Task The_url_says_no_more_than_it_must()
    {
        Uri url = await UrlAsync();

        Assert.Contains("&sr=b&", url.Query, StringComparison.Ordinal);
        Assert.Contains("&sp=rcw&", url.Query, StringComparison.Ordinal);
        // The emulator speaks http only.
        Assert.Contains("&spr=https,http&", Uri.UnescapeDataString(url.Query), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_removes_uncommitted_blocks_too()
    {
        BlockBlobClient blob = new(await UrlAsync());
        await blob.StageBlockAsync(BlockId(0), new MemoryStream(Some.Bytes(10)));

        await _uploads.DeleteAsync(_videoId, s_none);

        await AssertNothingIsLeftAsync();
        await Assert.ThrowsAsync<RequestFailedException>(() => blob.CommitBlockListAsync([BlockId(0)]));
    }

    [Fact]
    public async Task Deleting_removes_the_upload_and_the_blocks_staged_after_it_and_twice_is_fine()
    {
        BlockBlobClient blob = new(await UrlAsync());
        await blob.UploadAsync(new MemoryStream(Some.Bytes(10)));
        await blob.StageBlockAsync(BlockId(0), new MemoryStream(Some.Bytes(10)));

        await _uploads.DeleteAsync(_videoId, s_none);
        await _uploads.DeleteAsync(_videoId, s_none);

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task A_lease_and_a_snapshot_of_the_urls_holder_hold_nothing_up()
    {
        BlockBlobClient blob = new(await UrlAsync());
        await blob.UploadAsync(new MemoryStream(Some.Bytes(10)));
        await blob.CreateSnapshotAsync();
        await blob.GetBlobLeaseClient().AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration);

        await _uploads.DeleteAsync(_videoId, s_none);

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task An_append_blob_is_deleted_as_well()
    {
        await new AppendBlobClient(await UrlAsync()).CreateAsync();

        await _uploads.DeleteAsync(_videoId, s_none);

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Blocks_that_wait_to_be_committed_are_counted_and_found()
    {
        BlockBlobClient blob = new(await UrlAsync());
        Assert.Equal(0, await _uploads.CountUncommittedAsync(_videoId, s_none));
        await blob.StageBlockAsync(BlockId(0), new MemoryStream(Some.Bytes(300)));
        await blob.StageBlockAsync(BlockId(1), new MemoryStream(Some.Bytes(200)));

        Assert.Equal(500, await _uploads.CountUncommittedAsync(_videoId, s_none));
        Assert.Contains(_videoId, await ListUncommittedAsync());

        await blob.CommitBlockListAsync([BlockId(0)]);
        Assert.DoesNotContain(_videoId, await ListUncommittedAsync());
    }

    [Fact]
    public async Task A_pending_copy_of_the_urls_holder_is_aborted_to_delete()
    {
        using var handler = new PendingCopyHandler();
        var blob = new BlockBlobClient(
            new Uri($"https://vodtest.blob.core.windows.net/uploads/{_videoId}/source"),
            new BlobClientOptions { Transport = new HttpClientTransport(new HttpClient(handler)), Retry = { MaxRetries = 0 } });

        await new UploadRemoval(blob, _videoId, NullLogger.Instance).RemoveAsync(s_none);

        Assert.Equal(["DELETE", "HEAD", "PUT copy-1", "DELETE"], handler.Seen);
    }

    [Fact]
    public async Task Blobs_of_other_names_are_no_uploads()
    {
        string upper = _videoId.ToString().ToUpperInvariant();
        string[] names = [$"{_videoId}/source2", $"{_videoId}/x/source", "source", "x/source", $"{upper}/source"];
        foreach (string name in names)
        {
            await storage.Containers.Uploads.GetBlobClient(name).UploadAsync(new BinaryData("x"), overwrite: true);
        }

        Assert.DoesNotContain(await ListAsync(), upload => upload.VideoId == _videoId);
        Assert.Null(await _uploads.FindAsync(_videoId, s_none));
    }

    private static string BlockId(int index) => Convert.ToBase64String(BitConverter.GetBytes(index));

    private static async Task<HttpStatusCode> PutAsync(Uri url, byte[] bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        return (await s_http.SendAsync(request)).StatusCode;
    }

    private Task<Uri> UrlAsync(TimeSpan? lifetime = null) => _uploads.CreateUploadUrlAsync(
        _videoId, TimeProvider.System.GetUtcNow() + (lifetime ?? TimeSpan.FromMinutes(5)), s_none);

    private async Task<List<StoredUpload>> ListAsync()
    {
        List<StoredUpload> all = [];
        await foreach (StoredUpload upload in _uploads.ListAsync(s_none))
        {
            all.Add(upload);
        }

        return all;
    }

    private async Task<List<VideoId>> ListUncommittedAsync()
    {
        List<VideoId> all = [];
        await foreach (VideoId videoId in _uploads.ListUncommittedAsync(s_none))
        {
            all.Add(videoId);
        }

        return all;
    }

    private async Task AssertNothingIsLeftAsync()
    {
        const BlobStates Every = BlobStates.Uncommitted | BlobStates.Snapshots | BlobStates.Deleted;
        await foreach (BlobItem blob in storage.Containers.Uploads.GetBlobsAsync(
            new GetBlobsOptions { States = Every, Prefix = $"{_videoId}/" }))
        {
            Assert.Fail($"{blob.Name} {blob.Snapshot} is left.");
        }
    }
}
