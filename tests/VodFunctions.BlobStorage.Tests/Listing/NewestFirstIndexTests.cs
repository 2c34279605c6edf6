using System.Net;
using Azure;
using VodFunctions.BlobStorage.Listing;
using VodFunctions.BlobStorage.Tests.Support;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Listing;

public sealed class NewestFirstIndexTests
{
    [Fact]
    public async Task A_marker_that_the_storage_cannot_read_is_a_bad_cursor()
    {
        using var handler = new StubHandler(HttpStatusCode.BadRequest, "OutOfRangeInput");
        var index = new NewestFirstIndex(handler.CreateContainers());

        await Assert.ThrowsAsync<FormatException>(() => ListAsync(index, new Cursor("forged", "").ToText("feeds/")));
        await Assert.ThrowsAsync<RequestFailedException>(() => ListAsync(index, null));
    }

    [Fact]
    public async Task A_storage_that_refuses_is_no_bad_cursor()
    {
        using var handler = new StubHandler(HttpStatusCode.Forbidden, "AuthorizationFailure");
        var index = new NewestFirstIndex(handler.CreateContainers());

        await Assert.ThrowsAsync<RequestFailedException>(() => ListAsync(index, Cursor.Start.ToText("feeds/")));
    }

    [Theory]
    [InlineData("feeds/x.json")]
    [InlineData("feeds/.json")]
    [InlineData("owners/0000000000000000-00.json")]
    [InlineData("feeds/0000000000000000-00.txt")]
    [InlineData("feeds/0000000000000000-00/1.json")]
    [InlineData("feeds/0000000000000000-.json")]
    public void A_blob_of_another_name_is_no_entry(string name) => Assert.Null(IndexEntry.TryParse("feeds/", name));

    private static async Task ListAsync(NewestFirstIndex index, string? cursor) => await index.ListAsync(
        "feeds/", cursor, 10, (entry, _) => Task.FromResult<string?>(entry.Id), CancellationToken.None);
}
