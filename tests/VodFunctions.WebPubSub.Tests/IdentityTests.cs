using System.Net;
using System.Text;
using Azure.Core;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.WebPubSub.Tests;

/// <summary>The service as an identity reaches it. With a key, an emulator stands for it: in the tests of that.</summary>
public sealed class IdentityTests : IDisposable
{
    private static readonly Uri s_endpoint = new("https://push.webpubsub.azure.com/ignored");
    private readonly Service _service = new();

    public void Dispose() => _service.Dispose();

    private RestNotificationChannel Channel => RestNotificationChannel.WithIdentity(s_endpoint, "notices", new Identity(), _service);

    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("tenant/김 lee%2F", null)]
    public async Task A_notice_is_posted_to_its_user_with_a_token_for_the_service(string subject, string? path)
    {
        UserId user = UserId.Parse(subject);

        await Channel.SendToUserAsync(user, """{"text":"끝"}""", default);

        Assert.Equal(
            [$"POST /api/hubs/notices/users/{path ?? Uri.EscapeDataString(user.ToPushId())}/:send?api-version=2024-12-01",
                "Bearer token for https://webpubsub.azure.com/.default",
                """application/json; charset=utf-8 {"text":"끝"}"""],
            _service.Call);
    }

    [Theory]
    [InlineData("00:05:00", 5)]
    [InlineData("00:05:59", 5)]
    [InlineData("00:00:10", 1)]
    public async Task A_client_URL_has_the_token_that_the_service_issues_without_a_role(string lifetime, int minutes)
    {
        _service.Answer = (HttpStatusCode.OK, """{"token":"issued"}""");

        Uri url = await Channel.GetClientUrlAsync(UserId.Parse("kim"), TimeSpan.Parse(lifetime, null), default);

        Assert.Equal("wss://push.webpubsub.azure.com/client/hubs/notices?access_token=issued", url.AbsoluteUri);
        Assert.Equal(
            [$"POST /api/hubs/notices/:generateToken?userId=kim&minutesToExpire={minutes}&api-version=2024-12-01",
                "Bearer token for https://webpubsub.azure.com/.default", ""],
            _service.Call);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, """{"token":"secret"}""")]
    [InlineData(HttpStatusCode.TooManyRequests, "secret")]
    [InlineData(HttpStatusCode.OK, "{}")]
    [InlineData(HttpStatusCode.Redirect, "")]
    public async Task What_the_service_refuses_is_an_error_that_quotes_nothing(HttpStatusCode status, string body)
    {
        _service.Answer = (status, body);

        HttpRequestException url = await Assert.ThrowsAsync<HttpRequestException>(
            () => Channel.GetClientUrlAsync(UserId.Parse("kim"), TimeSpan.FromMinutes(5), default));
        HttpRequestException send = await Assert.ThrowsAsync<HttpRequestException>(
            () => Channel.SendToUserAsync(UserId.Parse("kim"), "{}", default));

        Assert.DoesNotContain("secret", url.ToString() + send, StringComparison.Ordinal);
    }

    [Fact]
    public void An_identitys_token_goes_over_https_only() => Assert.Throws<ArgumentException>(
        () => RestNotificationChannel.WithIdentity(new Uri("http://push.test"), "notices", new Identity()));

    private sealed class Service : HttpMessageHandler
    {
        /// <summary>What is answered.</summary>
        public (HttpStatusCode Status, string Body) Answer { get; set; } = (HttpStatusCode.Accepted, "");

        /// <summary>The last call: method and address, authorization, content.</summary>
        public string[] Call { get; private set; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("push.webpubsub.azure.com", request.RequestUri!.Host);
            Call =
            [
                $"{request.Method} {request.RequestUri.PathAndQuery}", $"{request.Headers.Authorization}",
                request.Content is null
                    ? "" : $"{request.Content.Headers.ContentType} {await request.Content.ReadAsStringAsync(cancellationToken)}",
            ];
            return new(Answer.Status) { Content = new StringContent(Answer.Body, Encoding.UTF8, "application/json") };
        }
    }

    private sealed class Identity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new($"token for {string.Join(' ', requestContext.Scopes)}", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
