using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging.Abstractions;
using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.BlobStorage.Uploads;
using VodFunctions.Core.Uploads;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Uploads;

public sealed class PinnedDownloadTests
{
    [Fact]
    public async Task A_storage_that_never_answers_is_given_up()
    {
        int calls = 0;
        PinnedDownload download = Download((_, _) =>
        {
            calls++;
            throw new RequestFailedException(503, "busy", "ServerBusy", null);
        });

        await Assert.ThrowsAsync<IOException>(() => download.CopyToAsync(Stream.Null, CancellationToken.None));

        Assert.Equal(6, calls);
    }

    [Fact]
    public async Task An_answer_that_ends_early_is_taken_up_under_the_same_etag()
    {
        byte[] bytes = Some.Bytes(1000);
        List<BlobDownloadOptions> asked = [];
        PinnedDownload download = Download((options, _) =>
        {
            asked.Add(options);
            int offset = (int)options.Range.Offset;
            return Task.FromResult(new OpenedContent(
                new MemoryStream(bytes, offset, Math.Min(400, bytes.Length - offset)), bytes.Length - offset));
        });
        using var copy = new MemoryStream();

        await download.CopyToAsync(copy, CancellationToken.None);

        Assert.Equal(bytes, copy.ToArray());
        Assert.Equal([0, 400, 800], asked.Select(options => options.Range.Offset));
        Assert.All(asked, options => Assert.Equal(new ETag("0x1"), options.Conditions.IfMatch));
    }

    [Theory]
    [InlineData("BlobArchived")]
    [InlineData("BlobUsesCustomerSpecifiedEncryption")]
    public async Task An_upload_that_its_owner_made_unreadable_is_gone(string code)
    {
        PinnedDownload download = Download((_, _) => throw new RequestFailedException(409, "no", code, null));

        await Assert.ThrowsAsync<SourceGoneException>(() => download.CopyToAsync(Stream.Null, CancellationToken.None));
    }

    [Fact]
    public async Task A_refusal_is_passed_on_at_once()
    {
        int calls = 0;
        PinnedDownload download = Download((_, _) =>
        {
            calls++;
            throw new RequestFailedException(403, "no", "AuthorizationFailure", null);
        });

        await Assert.ThrowsAsync<RequestFailedException>(() => download.CopyToAsync(Stream.Null, CancellationToken.None));

        Assert.Equal(1, calls);
    }

    private static PinnedDownload Download(OpenContent open) => new(
        Some.VideoId(), open, new ETag("0x1"), long.MaxValue, new TestTime { TimersFireAtOnce = true }, NullLogger.Instance);
}
