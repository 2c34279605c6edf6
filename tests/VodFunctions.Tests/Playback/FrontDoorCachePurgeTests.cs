using System.Net;
using System.Text.Json;
using Azure.Core;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Videos;
using VodFunctions.Playback;
using Xunit;

namespace VodFunctions.Tests.Playback;

public sealed class FrontDoorCachePurgeTests : IDisposable
{
    private const string Secret = "the-token";

    private const string Endpoint =
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Cdn/profiles/p/afdEndpoints/e";

    private static readonly VideoId s_video = VideoId.Parse("0123456789abcdef0123456789abcdef");

    private readonly StubHandler _arm = new();

    public void Dispose() => _arm.Dispose();

    [Theory]
    [InlineData("https://cdn.site.test/media", "/media/0123456789abcdef0123456789abcdef/*")]
    [InlineData("https://cdn.site.test/media/", "/media/0123456789abcdef0123456789abcdef/*")]
    [InlineData("https://cdn.site.test", "/0123456789abcdef0123456789abcdef/*")]
    [InlineData("/media", "/media/0123456789abcdef0123456789abcdef/*")]
    public async Task The_videos_folder_is_purged_as_viewers_ask_for_it(string origin, string path)
    {
        await Create(Endpoint, origin).PurgeAsync(s_video, default);

        (HttpRequestMessage request, string body) = Assert.Single(_arm.Requests);
        Assert.Equal(HttpMethod.Post, request.Method);
        Assert.Equal("management.azure.com", request.RequestUri!.Host);
        Assert.Equal($"{Endpoint}/purge", request.RequestUri.AbsolutePath);
        Assert.StartsWith("?api-version=20", request.RequestUri.Query, StringComparison.Ordinal);
        Assert.Equal(("Bearer", Secret), (request.Headers.Authorization!.Scheme, request.Headers.Authorization.Parameter));
        Assert.Equal([path], JsonDocument.Parse(body).RootElement.GetProperty("contentPaths").EnumerateArray().Select(found => found.GetString()));
    }

    [Theory]
    [InlineData("https://videos.site.test/media", "vod-1.azurefd.net", "vod-1.azurefd.net", "videos.site.test")]
    [InlineData("https://vod-1.azurefd.net/media", "vod-1.azurefd.net", "vod-1.azurefd.net")]
    [InlineData("/media", "vod-1.azurefd.net", "vod-1.azurefd.net")]
    public async Task Every_name_that_viewers_ask_by_is_purged(string origin, string hostName, params string[] domains)
    {
        await Create(Endpoint, origin, hostName).PurgeAsync(s_video, default);

        (_, string body) = Assert.Single(_arm.Requests);
        Assert.Equal(domains, JsonDocument.Parse(body).RootElement.GetProperty("domains").EnumerateArray().Select(found => found.GetString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_an_endpoint_nothing_is_asked_for(string? endpoint)
    {
        await Create(endpoint, "/media").PurgeAsync(s_video, default);

        Assert.Empty(_arm.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_refusal_is_an_error_that_does_not_tell_the_token(HttpStatusCode status)
    {
        _arm.Status = status;

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => Create(Endpoint, "/media").PurgeAsync(s_video, default));

        Assert.Equal(status, failure.StatusCode);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    private FrontDoorCachePurge Create(string? endpoint, string origin, string? hostName = null) => new(
        new HttpClient(_arm), new FixedToken(), Options.Create(new FrontDoorOptions { EndpointId = endpoint, HostName = hostName }),
        Options.Create(new VodOptions { PlaybackOrigin = origin }));

    private sealed class StubHandler : HttpMessageHandler
    {
        public HttpStatusCode Status { get; set; } = HttpStatusCode.Accepted;

        public List<(HttpRequestMessage Request, string Body)> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add((request, await request.Content!.ReadAsStringAsync(cancellationToken)));
            return new HttpResponseMessage(Status) { RequestMessage = request };
        }
    }

    private sealed class FixedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Assert.Equal(["https://management.azure.com/.default"], requestContext.Scopes);
            return new AccessToken(Secret, DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
