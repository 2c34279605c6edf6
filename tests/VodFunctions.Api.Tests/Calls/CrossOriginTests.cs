using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VodFunctions.Api.Settings;
using VodFunctions.Api.Tests.Support;
using Xunit;

namespace VodFunctions.Api.Tests.Calls;

public sealed class CrossOriginTests
{
    private const string Site = "https://site.test";

    private static readonly Dictionary<string, string?> s_allowed = new() { ["Vod:Api:AllowedOrigins:0"] = Site };

    [Fact]
    public async Task A_page_of_the_site_may_ask_and_read()
    {
        await using ApiHost host = await ApiHost.StartAsync(settings: s_allowed);
        Answer preflight = await SendAsync(host, HttpMethod.Options, "/api/uploads", Site);
        Assert.Equal((HttpStatusCode.NoContent, Site), (preflight.Status, preflight.Header("Access-Control-Allow-Origin")));
        Assert.Contains("POST", preflight.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("Authorization", preflight.Header("Access-Control-Allow-Headers"), StringComparison.Ordinal);

        foreach (string path in (string[])["/api/feeds", "/api/nothing", "/api/videos?mine=true"])
        {
            Answer answer = await SendAsync(host, HttpMethod.Get, path, Site);
            Assert.Equal(Site, answer.Header("Access-Control-Allow-Origin"));
            Assert.Contains("Origin", answer.Header("Vary"), StringComparison.Ordinal);
            Assert.Null(answer.Header("Access-Control-Allow-Credentials"));
        }
    }

    [Theory]
    [InlineData("https://evil.test")]
    [InlineData("https://site.test.evil.test")]
    [InlineData("http://site.test")]
    [InlineData("null")]
    public async Task Another_page_may_not(string origin)
    {
        await using ApiHost host = await ApiHost.StartAsync(settings: s_allowed);
        Answer preflight = await SendAsync(host, HttpMethod.Options, "/api/uploads", origin);
        Assert.Null(preflight.Header("Access-Control-Allow-Origin"));
        Assert.Null(preflight.Header("Access-Control-Allow-Methods"));
        Assert.Null((await SendAsync(host, HttpMethod.Get, "/api/feeds", origin)).Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Without_the_setting_no_other_origin_is_allowed()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Assert.Null((await SendAsync(host, HttpMethod.Get, "/api/feeds", Site)).Header("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("site.test")]
    [InlineData("https://site.test/")]
    [InlineData("https://site.test/path")]
    [InlineData("ftp://site.test")]
    public async Task What_is_no_origin_stops_the_start(string origin)
    {
        OptionsValidationException mistake = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            ApiHost.StartAsync(settings: new Dictionary<string, string?> { ["Vod:Api:AllowedOrigins:0"] = origin }));
        Assert.Contains("Vod:Api:AllowedOrigins:0", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_issuer_must_be_named_where_the_host_signs_no_tokens_itself()
    {
        Assert.Equal(3, Mistakes(new AuthOptions { RoleClaim = "" }));
        Assert.Equal(1, Mistakes(new AuthOptions { Authority = "http://site.test", Audience = "vod" }));
        Assert.Equal(0, Mistakes(new AuthOptions { Authority = "https://site.test", Audience = "vod" }));
        Assert.Equal(0, Mistakes(new AuthOptions { Authority = "http://localhost:5000", Audience = "vod" }));

        using ServiceProvider services = new ServiceCollection().AddVodApi().BuildServiceProvider();
        Assert.Contains(services.GetServices<IValidateOptions<AuthOptions>>(), validator => validator is AuthOptionsValidator);

        static int Mistakes(AuthOptions options) =>
            new AuthOptionsValidator().Validate(null, options).Failures?.Count() ?? 0;
    }

    private static Task<Answer> SendAsync(ApiHost host, HttpMethod method, string path, string origin)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Origin", origin);
        if (method == HttpMethod.Options)
        {
            request.Headers.Add("Access-Control-Request-Method", "POST");
        }

        return host.SendAsync(request, host.TokenOf(Who.Owner));
    }
}
