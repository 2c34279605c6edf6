using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using VodFunctions.Local.Hosting;
using Xunit;

namespace VodFunctions.Local.Tests.Hosting;

/// <summary>The emulators' address with a Functions host behind it.</summary>
public sealed class FunctionsHostTests
{
    [Fact]
    public async Task What_is_for_the_API_goes_to_that_host_as_it_came_and_its_answer_comes_back()
    {
        await using WebApplication functions = await StartFunctionsAsync();
        await using LocalApp emulators = await StartAsync(functions.Urls.First());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/feeds/a%20b?cursor=c%20d") { Content = new StringContent("text") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "token");

        using HttpResponseMessage answer = await emulators.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("POST /api/feeds/a%20b?cursor=c%20d Bearer token text", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/health")]
    [InlineData("/.well-known/openid-configuration")]
    public async Task What_is_the_emulators_own_stays_theirs(string path)
    {
        await using WebApplication functions = await StartFunctionsAsync();
        await using LocalApp emulators = await StartAsync(functions.Urls.First());

        Assert.Equal(HttpStatusCode.OK, (await emulators.Http.GetAsync(path)).StatusCode);
        using HttpResponseMessage token = await emulators.Http.PostAsJsonAsync("/api/dev/token", new { user = "alice" });
        Assert.Equal(HttpStatusCode.OK, token.StatusCode);
    }

    [Fact]
    public async Task The_site_is_there_too()
    {
        await using LocalApp emulators = await StartAsync("http://127.0.0.1:9");

        Assert.Equal(HttpStatusCode.OK, (await emulators.Http.GetAsync("/config.json")).StatusCode);
    }

    [Fact]
    public async Task Nobody_listening_there_is_a_bad_gateway()
    {
        await using WebApplication functions = await StartFunctionsAsync();
        string gone = functions.Urls.First();
        await functions.StopAsync();
        await using LocalApp emulators = await StartAsync(gone);

        Assert.Equal(HttpStatusCode.BadGateway, (await emulators.Http.GetAsync("/api/feeds")).StatusCode);
    }

    [Theory]
    [InlineData("/api/feeds")]
    [InlineData("/config.json")]
    public async Task Without_one_the_emulators_have_neither_API_nor_site(string path)
    {
        await using LocalApp emulators = await LocalApp.StartAsync(map: app => app.MapVodFunctionsHost());

        Assert.Equal(HttpStatusCode.NotFound, (await emulators.Http.GetAsync(path)).StatusCode);
    }

    private static Task<LocalApp> StartAsync(string functionsHost)
    {
        // Any folder with a page in it is a site.
        string site = Directory.CreateTempSubdirectory("vod-site-").FullName;
        File.WriteAllText(Path.Combine(site, "index.html"), "<!doctype html>");
        return LocalApp.StartAsync(map: app => app.MapVodFunctionsHost(),
            settings: ["--Vod:Local:FunctionsHost", functionsHost, "--Vod:Local:SiteFolder", site]);
    }

    private static async Task<WebApplication> StartFunctionsAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.Run(async context =>
        {
            HttpRequest request = context.Request;
            string body = await new StreamReader(request.Body).ReadToEndAsync();
            string path = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            context.Response.ContentType = "application/problem+json";
            await context.Response.WriteAsync($"{request.Method} {path} {request.Headers.Authorization} {body}");
        });
        await app.StartAsync();
        return app;
    }
}
