using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Uploads;

public sealed class DownloadTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private const int Megabyte = 1 << 20;

    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly IUploadStore _uploads = storage.Get<IUploadStore>();
    private readonly VideoId _videoId = Some.VideoId();

    private BlobClient Blob => storage.Containers.Uploads.GetBlobClient($"{_videoId}/source");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(128 * 1024)]
    [InlineData(9 * Megabyte + 17)]
    public async Task The_content_is_copied_to_its_end(int size)
    {
        (byte[] bytes, string etag) = await StoreAsync(size);
        using var copy = new MemoryStream();

        await _uploads.DownloadAsync(_videoId, etag, size, copy, s_none);

        Assert.Equal(bytes, copy.ToArray());
    }

    [Fact]
    public async Task A_byte_too_many_stops_it_before_anything_is_copied()
    {
        (_, string etag) = await StoreAsync(1000);
        using var copy = new MemoryStream();

        await Assert.ThrowsAsync<InvalidDataException>(() => _uploads.DownloadAsync(_videoId, etag, 999, copy, s_none));

        Assert.Equal(0, copy.Length);
    }

    [Fact]
    public async Task A_vanished_or_replaced_upload_is_gone()
    {
        (_, string etag) = await StoreAsync(1000);
        (_, string second) = await StoreAsync(1000);
        await AssertGoneAsync(etag);

        await _uploads.DeleteAsync(_videoId, s_none);
        await AssertGoneAsync(second);
    }

    [Fact]
    public async Task A_connection_that_breaks_again_and_again_is_taken_up_where_it_broke()
    {
        (byte[] bytes, string etag) = await StoreAsync(5 * Megabyte);
        using var handler = new FaultyHandler(breaksAfter: 300_000);
        await using ServiceProvider faulty = Faulty(handler);
        using var copy = new MemoryStream();

        await faulty.GetRequiredService<IUploadStore>().DownloadAsync(_videoId, etag, bytes.Length, copy, s_none);

        Assert.Equal(bytes, copy.ToArray());
        Assert.Equal(bytes.Length / 300_000 + 1, handler.Gets);
    }

    [Fact]
    public async Task A_connection_that_stalls_is_given_up_and_taken_up_again()
    {
        (byte[] bytes, string etag) = await StoreAsync(Megabyte);
        using var handler = new FaultyHandler(400_000, onBreak: token => Task.Delay(Timeout.InfiniteTimeSpan, token));
        await using ServiceProvider faulty = Faulty(handler, TimeSpan.FromSeconds(2));
        using var copy = new MemoryStream();

        await faulty.GetRequiredService<IUploadStore>().DownloadAsync(_videoId, etag, bytes.Length, copy, s_none);

        Assert.Equal(bytes, copy.ToArray());
    }

    [Theory]
    [InlineData(5 * Megabyte)]
    [InlineData(10)]
    public async Task An_upload_that_is_replaced_while_it_is_read_is_gone(int newSize)
    {
        (_, string etag) = await StoreAsync(5 * Megabyte);
        using var handler = new FaultyHandler(Megabyte, onBreak: _ => StoreAsync(newSize));
        await AssertGoneOnTheWayAsync(handler, etag);
    }

    [Fact]
    public async Task An_upload_that_vanishes_while_it_is_read_is_gone()
    {
        (_, string etag) = await StoreAsync(5 * Megabyte);
        using var handler = new FaultyHandler(Megabyte, onBreak: _ => _uploads.DeleteAsync(_videoId, s_none));
        await AssertGoneOnTheWayAsync(handler, etag);
    }

    [Fact]
    public async Task A_full_disk_is_no_break_of_the_download()
    {
        (byte[] bytes, string etag) = await StoreAsync(2 * Megabyte);
        using var handler = new FaultyHandler(breaksAfter: int.MaxValue);
        await using ServiceProvider counted = Faulty(handler);
        using var disk = new MemoryStream(new byte[Megabyte]);

        await Assert.ThrowsAsync<NotSupportedException>(() => counted.GetRequiredService<IUploadStore>()
            .DownloadAsync(_videoId, etag, bytes.Length, disk, s_none));

        Assert.Equal(1, handler.Gets);
    }

    [Fact]
    public async Task Cancelling_ends_it_at_once()
    {
        (byte[] bytes, string etag) = await StoreAsync(5 * Megabyte);
        using var cancelled = new CancellationTokenSource();
        using var handler = new FaultyHandler(Megabyte, onBreak: _ => cancelled.CancelAsync());
        await using ServiceProvider faulty = Faulty(handler);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => faulty.GetRequiredService<IUploadStore>()
            .DownloadAsync(_videoId, etag, bytes.Length, Stream.Null, cancelled.Token));
    }

    private ServiceProvider Faulty(FaultyHandler handler, TimeSpan? networkTimeout = null) => StorageFixture.Build(
        storage.ConnectionString,
        new BlobServiceClient(storage.ConnectionString, new BlobClientOptions
        {
            Transport = new HttpClientTransport(new HttpClient(handler)),
            Retry = { MaxRetries = 0, NetworkTimeout = networkTimeout ?? TimeSpan.FromSeconds(30) },
        }));

    private async Task<(byte[] Bytes, string ETag)> StoreAsync(int size)
    {
        byte[] bytes = Some.Bytes(size);
        await Blob.UploadAsync(new BinaryData(bytes), overwrite: true);
        return (bytes, (await _uploads.FindAsync(_videoId, s_none))!.ETag);
    }

    private async Task AssertGoneAsync(string etag) => await Assert.ThrowsAsync<SourceGoneException>(
        () => _uploads.DownloadAsync(_videoId, etag, long.MaxValue, Stream.Null, s_none));

    private async Task AssertGoneOnTheWayAsync(FaultyHandler handler, string etag)
    {
        await using ServiceProvider faulty = Faulty(handler);
        using var copy = new MemoryStream();

        await Assert.ThrowsAsync<SourceGoneException>(() => faulty.GetRequiredService<IUploadStore>()
            .DownloadAsync(_videoId, etag, long.MaxValue, copy, s_none));

        Assert.Equal(Megabyte, copy.Length);
    }
}
