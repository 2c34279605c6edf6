using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using VodFunctions.Local.Site;
using VodFunctions.Local.Tests.Hosting;
using Xunit;

namespace VodFunctions.Local.Tests.Site;

public sealed class SiteFileTests : IAsyncLifetime, IDisposable
{
    private const string ForEver = "public, max-age=31536000, immutable";

    private readonly BuiltSite _site = new();
    private LocalApp _app = null!;

    public async Task InitializeAsync() => _app = await LocalApp.StartAsync(map: app => app.MapVodSite(), settings: _site.Settings);

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _site.Dispose();

    [Theory]
    [InlineData("/")]
    [InlineData("/post")]
    [InlineData("/mine")]
    [InlineData("/videos/1ed966a3c8ae6684d9d2e6f64f13797d")]
    [InlineData("/assets/")]
    [InlineData("/index.html")]
    public async Task A_place_in_the_app_is_answered_with_its_page_which_no_browser_keeps_unasked(string path)
    {
        using HttpResponseMessage answer = await _app.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(BuiltSite.Page, await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        Assert.NotNull(answer.Headers.ETag);
    }

    [Theory]
    [InlineData("/assets/gone-00000000.js")]
    [InlineData("/notes.unknown")]
    [InlineData("/.sources")]
    [InlineData("/assets/app-1a2b3c4d.js.br")]
    [InlineData("/api/nothing")]
    [InlineData("/client/nothing")]
    [InlineData("/media/nothing")]
    [InlineData("/.well-known/nothing")]
    public async Task What_is_no_place_and_no_file_is_not_there_and_no_cache_keeps_that(string path)
    {
        using HttpResponseMessage answer = await _app.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/assets/..%2f..%2fsecret.txt")]
    [InlineData("/assets/..%5c..%5csecret.txt")]
    [InlineData("//../secret.txt")]
    public async Task Nothing_outside_of_the_folder_is_sent(string path)
    {
        // By hand: an HTTP client tidies a path up before it asks.
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _app.Url.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        string answer = await reader.ReadToEndAsync();

        Assert.Matches("^HTTP/1.1 (400|404) ", answer);
        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BuiltSite.Precompressed, "text/javascript; charset=utf-8")]
    [InlineData(BuiltSite.Plain, "text/css; charset=utf-8")]
    public async Task An_asset_may_be_kept_for_ever(string path, string contentType)
    {
        using HttpResponseMessage answer = await _app.Http.GetAsync(path);

        Assert.Equal(contentType, answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(ForEver, answer.Headers.NonValidated["Cache-Control"].ToString());
    }

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", "")]
    public async Task Each_client_gets_the_file_in_a_coding_that_it_takes(string accepted, string coding)
    {
        foreach ((string path, string text) in new[] { (BuiltSite.Precompressed, BuiltSite.Script), (BuiltSite.Plain, BuiltSite.Style) })
        {
            using HttpResponseMessage answer = await GetAsync(path, accepted);

            Assert.Equal(coding, string.Join(",", answer.Content.Headers.ContentEncoding));
            Assert.Equal(text, await DecodeAsync(answer, coding));
            byte[] sent = await answer.Content.ReadAsByteArrayAsync();
            Assert.True(coding.Length == 0 || sent.Length < text.Length / 10, $"{path}: {sent.Length} bytes");
            Assert.True(coding.Length == 0 || answer.Headers.Vary.Contains("Accept-Encoding"), path);
        }
    }

    [Fact]
    public async Task A_file_compressed_beside_the_plain_one_is_sent_as_it_is()
    {
        using HttpResponseMessage answer = await GetAsync(BuiltSite.Precompressed, "br");

        byte[] stored = await File.ReadAllBytesAsync(_site.Folder + BuiltSite.Precompressed + ".br");
        Assert.Equal(stored, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(stored.Length, answer.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/config.json")]
    [InlineData(BuiltSite.Precompressed)]
    [InlineData(BuiltSite.Plain)]
    public async Task What_has_not_changed_is_not_sent_again(string path)
    {
        foreach (string accepted in new[] { "br", "gzip", "identity" })
        {
            using HttpResponseMessage first = await GetAsync(path, accepted);
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using HttpResponseMessage again = await _app.Http.SendAsync(request);

            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync());
            Assert.Equal(
                first.Headers.NonValidated["Cache-Control"].ToString(), again.Headers.NonValidated["Cache-Control"].ToString());
        }
    }

    [Fact]
    public async Task A_new_build_has_another_tag()
    {
        using HttpResponseMessage before = await _app.Http.GetAsync("/");
        _site.Write("index.html", BuiltSite.Page.Replace("The page", "the page", StringComparison.Ordinal));
        using HttpResponseMessage after = await _app.Http.GetAsync("/");

        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        Assert.Contains("the page", await after.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_for_the_head_it_says_the_same_without_a_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, BuiltSite.Precompressed);
        using HttpResponseMessage answer = await _app.Http.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, BuiltSite.Script.Length), (answer.StatusCode, (int)answer.Content.Headers.ContentLength!));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        return await _app.Http.SendAsync(request);
    }

    private static async Task<string> DecodeAsync(HttpResponseMessage answer, string coding)
    {
        await using Stream body = await answer.Content.ReadAsStreamAsync();
        await using Stream plain = coding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        return await new StreamReader(plain).ReadToEndAsync();
    }
}
