using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VodFunctions.Api.Calls;
using VodFunctions.Api.Tests.Support;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Api.Tests.Calls;

public sealed class HostileInputTests
{
    public static TheoryData<string> Bodies =>
    [
        "", " ", "null", "[]", "5", "\"text\"", "{", "{]}", "{\"fileName\":}", "not json", "{'fileName':'a'}", "{}{}",
        "{\"fileName\":\"a\",}", "/* no */ {}", "\uFEFF\uFEFF{}",
        new string('[', 30_000), string.Concat(Enumerable.Repeat("{\"a\":", 5000)),
        """{"fileName":"a","contentType":"video/mp4","sizeBytes":"1"}""",
        """{"fileName":"a","contentType":"video/mp4","sizeBytes":1.5}""",
        """{"fileName":"a","contentType":"video/mp4","sizeBytes":1e400}""",
        """{"fileName":"a","contentType":"video/mp4","sizeBytes":99999999999999999999}""",
        """{"fileName":"a","contentType":"video/mp4","sizeBytes":-1}""",
        """{"fileName":{"a":1},"contentType":"video/mp4","sizeBytes":1}""",
        """{"fileName":"a","fileName":"b","contentType":"video/mp4","sizeBytes":1}""",
        """{"fileName":"\ud800","contentType":"video/mp4","sizeBytes":1}""",
    ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_is_not_the_expected_object_is_refused(string body)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Answer answer = await SendAsync(host, Encoding.UTF8.GetBytes(body), "application/json");
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_REQUEST"), (answer.Status, answer.Code));
        Assert.Empty(host.Records.All);
        Assert.DoesNotContain("System.", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF")]
    [InlineData("100000000")]
    [InlineData("xyz")]
    public async Task A_chunk_whose_size_cannot_be_is_a_bad_request(string size)
    {
        await using ApiHost host = await ApiHost.StartAsync(kestrel: true);
        using var client = new TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /api/uploads HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + $"Authorization: Bearer {host.TokenOf(Who.Owner)}\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n"));

        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 400 Bad Request", await reader.ReadLineAsync());
        Assert.DoesNotContain(host.Log.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        byte[] body = [.. "{\"fileName\":\""u8, 0xff, 0xfe, .. "\",\"contentType\":\"video/mp4\",\"sizeBytes\":1}"u8];
        Assert.Equal("INVALID_REQUEST", (await SendAsync(host, body, "application/json")).Code);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON; charset=\"UTF-8\"")]
    [InlineData("application/vnd.site+json")]
    public async Task Json_has_several_names(string contentType)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(host, Good, contentType)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("nonsense")]
    public async Task Another_type_is_refused(string? contentType)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Answer answer = await SendAsync(host, Good, contentType);
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Answer answer = await SendAsync(host, Good, "application/json", content => content.Headers.ContentEncoding.Add("gzip"));
        Assert.Equal("UNSUPPORTED_MEDIA_TYPE", answer.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_huge_body_is_refused_whether_or_not_it_says_so(bool saysSo)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        byte[] huge = [.. Good[..^1], .. Enumerable.Repeat((byte)' ', JsonBody.MaxBytes), (byte)'}'];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/uploads")
        {
            Content = saysSo ? new ByteArrayContent(huge) : new StreamContent(new Unsized(huge)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Answer answer = await host.SendAsync(request, host.TokenOf(Who.Owner));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "REQUEST_TOO_LARGE"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task The_largest_body_is_taken()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        byte[] body = [.. Good[..^1], .. Enumerable.Repeat((byte)' ', JsonBody.MaxBytes - Good.Length), (byte)'}'];
        Assert.Equal(JsonBody.MaxBytes, body.Length);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(host, body, "application/json")).Status);
    }

    [Theory]
    [InlineData("videos/short")]
    [InlineData("videos/0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("videos/..%2f..%2fstate")]
    [InlineData("videos/..%5c..%5cstate")]
    [InlineData("videos/%2e%2e%2f%2e%2e")]
    [InlineData("videos/0123456789abcdef0123456789abcdef%2fx")]
    [InlineData("videos/0123456789abcdef0123456789abcdef%20")]
    [InlineData("videos/0123456789abcdef0123456789abcdef-1")]
    [InlineData("videos/%ea%b0%80")]
    [InlineData("videos/0123456789abcdef0123456789abcdef/x")]
    [InlineData("videos//")]
    [InlineData("videos/*")]
    public async Task A_path_that_names_no_video_is_not_found(string path)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Answer answer = await host.GetAsync("/api/" + path, Who.Admin);
        Assert.True(answer.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{answer.Status} {answer.Text}");
        Assert.NotNull(answer.Code);
    }

    [Fact]
    public async Task An_id_with_a_nul_behind_it_does_not_find_the_video()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoId videoId = host.Records.Seed(Some.Completed().Posted()).VideoId;
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync($"/api/videos/{videoId}")).Status);
        // A client would not send it, and not every server would let it in: straight to the API.
        foreach (string end in (string[])["\0", "\0.mp4", "\n", " "])
        {
            var context = new DefaultHttpContext();
            context.Request.Path = $"/api/videos/{videoId}{end}";
            IResult result = await host.Services.GetRequiredService<VodApi>().InvokeAsync("GetVideo", context);
            Assert.Equal(404, Assert.IsType<ApiResult>(result).StatusCode);
        }
    }

    private static byte[] Good => """{"fileName":"a","contentType":"video/mp4","sizeBytes":1}"""u8.ToArray();

    private static async Task<Answer> SendAsync(
        ApiHost host, byte[] body, string? contentType, Action<HttpContent>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/uploads") { Content = new ByteArrayContent(body) };
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        change?.Invoke(request.Content);
        return await host.SendAsync(request, host.TokenOf(Who.Owner));
    }

    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
