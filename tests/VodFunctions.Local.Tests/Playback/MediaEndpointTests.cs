using System.IO.Compression;
using System.Net;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using VodFunctions.Local.Tests.Hosting;
using Xunit;

namespace VodFunctions.Local.Tests.Playback;

public sealed class MediaEndpointTests(StorageEmulator storage) : IClassFixture<StorageEmulator>, IAsyncLifetime
{
    private const string Video = "0123456789abcdef0123456789abcdef";
    private const string Segment = $"{Video}/1/v240-500k/seg_00000.m4s";
    private const string Playlist = $"{Video}/1/master.m3u8";

    private static readonly byte[] s_bytes = [.. Enumerable.Range(0, 1000).Select(number => (byte)number)];
    private static readonly string s_text = "#EXTM3U\n" + string.Concat(Enumerable.Repeat("#EXTINF:10,\nseg.m4s\n", 100));

    private LocalApp _app = null!;

    public async Task InitializeAsync()
    {
        _app = await LocalApp.StartAsync(storage.Client);
        await PutAsync(Segment, s_bytes, "video/mp4", "public, max-age=31536000, immutable");
        await PutAsync(Playlist, System.Text.Encoding.UTF8.GetBytes(s_text), "application/vnd.apple.mpegurl", "public, max-age=60");
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_segment_comes_whole_with_the_headers_that_it_was_stored_with()
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, Segment);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(s_bytes, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("video/mp4", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(s_bytes.Length, response.Content.Headers.ContentLength);
        Assert.Equal("public, max-age=31536000, immutable", Header(response, "Cache-Control"));
        Assert.Equal("bytes", Header(response, "Accept-Ranges"));
        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Contains("Content-Range", Header(response, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.False(response.Headers.ETag!.IsWeak);
        Assert.Empty(response.Headers.Server);
    }

    [Fact]
    public async Task Head_answers_with_the_length_and_no_content()
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Head, Segment);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(s_bytes.Length, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 0)]
    [InlineData("bytes=10-19", 10, 19)]
    [InlineData("bytes=990-", 990, 999)]
    [InlineData("bytes=990-5000", 990, 999)]
    [InlineData("bytes=-5", 995, 999)]
    [InlineData("bytes=-5000", 0, 999)]
    public async Task A_range_comes_alone(string range, int from, int to)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, Segment, ("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal($"bytes {from}-{to}/1000", response.Content.Headers.ContentRange!.ToString());
        Assert.Equal(s_bytes[from..(to + 1)], await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("bytes=1000-")]
    [InlineData("bytes=-0")]
    public async Task A_range_past_the_end_is_refused_with_the_length(string range)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, Segment, ("Range", range));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
        Assert.Equal("bytes */1000", response.Content.Headers.ContentRange!.ToString());
    }

    [Theory]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("lines=0-1")]
    [InlineData("bytes=nonsense")]
    public async Task A_range_that_is_not_served_is_ignored(string range)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, Segment, ("Range", range));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1000, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task If_range_gives_the_part_only_of_the_same_content()
    {
        string etag = await ETagAsync(Segment);

        using HttpResponseMessage same = await SendAsync(HttpMethod.Get, Segment, ("Range", "bytes=0-9"), ("If-Range", etag));
        using HttpResponseMessage other = await SendAsync(HttpMethod.Get, Segment, ("Range", "bytes=0-9"), ("If-Range", "\"other\""));

        Assert.Equal(HttpStatusCode.PartialContent, same.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task What_the_client_has_already_is_not_sent_again()
    {
        string etag = await ETagAsync(Segment);

        using HttpResponseMessage same = await SendAsync(HttpMethod.Get, Segment, ("If-None-Match", $"\"x\", {etag}"));
        using HttpResponseMessage any = await SendAsync(HttpMethod.Get, Segment, ("If-None-Match", "*"));
        using HttpResponseMessage other = await SendAsync(HttpMethod.Get, Segment, ("If-None-Match", "\"other\""));

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(etag, Header(same, "ETag"));
        Assert.Equal(HttpStatusCode.NotModified, any.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_playlist_is_compressed_for_who_takes_that()
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, Playlist, ("Accept-Encoding", "br, gzip"));

        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        Assert.True(response.Headers.ETag!.IsWeak);
        await using var gzip = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        Assert.Equal(s_text, await reader.ReadToEndAsync());

        using HttpResponseMessage again = await SendAsync(
            HttpMethod.Get, Playlist, ("Accept-Encoding", "gzip"), ("If-None-Match", response.Headers.ETag.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("identity")]
    [InlineData("gzip;q=0, *")]
    public async Task A_playlist_comes_plain_otherwise(string? accepted)
    {
        using HttpResponseMessage response = accepted is null
            ? await SendAsync(HttpMethod.Get, Playlist)
            : await SendAsync(HttpMethod.Get, Playlist, ("Accept-Encoding", accepted));

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        Assert.Equal(s_text, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("master.m3u8")]
    [InlineData($"{Video}/1/nothing.m4s")]
    [InlineData($"{Video}/0/master.m3u8")]
    [InlineData($"{Video}/1")]
    [InlineData($"{Video}/1/")]
    [InlineData($"{Video}/1/.hidden")]
    [InlineData($"{Video}/1/%2e%2e/master.m3u8")]
    [InlineData($"{Video}/1/..%2f..%2fstate/x")]
    [InlineData($"{Video}/1/a%00b")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF/1/master.m3u8")]
    public async Task Other_names_are_not_there(string path)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, path);

        Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, response.StatusCode.ToString());
    }

    [Fact]
    public async Task A_page_of_any_origin_may_ask_for_ranges()
    {
        using HttpResponseMessage response = await SendAsync(
            HttpMethod.Options, Segment, ("Origin", "https://site.example"), ("Access-Control-Request-Headers", "range"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
        Assert.Contains("Range", Header(response, "Access-Control-Allow-Headers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_can_be_written()
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Put, Segment);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Without_storage_the_answer_is_short_and_is_not_cached()
    {
        var nowhere = new BlobServiceClient(
            "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:1/a;",
            new BlobClientOptions { Retry = { MaxRetries = 0, Mode = RetryMode.Fixed } });
        await using LocalApp app = await LocalApp.StartAsync(nowhere);

        using HttpResponseMessage response = await app.Http.GetAsync(new Uri($"media/{Segment}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("Try again.", await response.Content.ReadAsStringAsync());
        Assert.Equal("no-store", Header(response, "Cache-Control"));
    }

    private async Task PutAsync(string name, byte[] content, string type, string cacheControl) =>
        await storage.Client.GetBlobContainerClient("media").GetBlobClient(name).UploadAsync(
            new BinaryData(content),
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = type, CacheControl = cacheControl } });

    private async Task<string> ETagAsync(string path)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Head, path);
        return Header(response, "ETag");
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.GetValues(name));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, $"media/{path}");
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _app.Http.SendAsync(request);
    }
}
