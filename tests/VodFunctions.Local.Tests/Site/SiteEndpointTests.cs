using System.Net;
using System.Text.Json;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using VodFunctions.Local.Site;
using VodFunctions.Local.Tests.Hosting;
using Xunit;

namespace VodFunctions.Local.Tests.Site;

public sealed class SiteEndpointTests
{
    [Fact]
    public async Task The_app_is_told_where_the_api_is_and_how_one_signs_in()
    {
        using var site = new BuiltSite();
        await using LocalApp app = await StartAsync(site);

        using HttpResponseMessage answer = await app.Http.GetAsync("/config.json");

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        using var config = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("""{"api":"/api","signIn":{"kind":"development"}}""", JsonSerializer.Serialize(config.RootElement));
    }

    [Fact]
    public async Task Where_an_issuer_is_configured_the_app_signs_in_there_and_may_call_it_and_no_other()
    {
        using var site = new BuiltSite();
        await using LocalApp app = await StartAsync(
            site, new BlobServiceClient(new Uri("http://127.0.0.1:10000/account")),
            "--Vod:Auth:Authority", "https://login.example/realms/site", "--Vod:Auth:Audience", "vod", "--Vod:Local:ClientId", "pages");

        using var config = JsonDocument.Parse(await app.Http.GetStringAsync("/config.json"));

        Assert.Equal(
            """
            {"kind":"oidc","issuer":"https://login.example/realms/site","clientId":"pages","scope":"openid profile offline_access","audience":"vod"}
            """,
            config.RootElement.GetProperty("signIn").GetRawText());
        Assert.Equal(
            $"connect-src 'self' http://127.0.0.1:10000 ws://127.0.0.1:{app.Url.Port} https://login.example",
            await DirectiveAsync(app, "connect-src"));
    }

    [Fact]
    public async Task An_issuer_that_does_not_know_the_app_is_refused_at_start()
    {
        using var site = new BuiltSite();

        OptionsValidationException refused = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            StartAsync(site, null, "--Vod:Auth:Authority", "https://login.example", "--Vod:Auth:Audience", "vod"));

        Assert.Contains("Vod:Local:ClientId", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/config.json", HttpStatusCode.OK)]
    [InlineData(BuiltSite.Plain, HttpStatusCode.OK)]
    [InlineData("/gone.js", HttpStatusCode.NotFound)]
    public async Task Every_answer_says_what_its_page_may_do(string path, HttpStatusCode status)
    {
        using var site = new BuiltSite();
        await using LocalApp app = await StartAsync(site);

        using HttpResponseMessage answer = await app.Http.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("same-origin", Header(answer, "Referrer-Policy"));
        Assert.Contains("camera=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
        string policy = Header(answer, "Content-Security-Policy");
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; ", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_may_call_the_storage_the_push_service_and_the_media_by_their_names()
    {
        using var site = new BuiltSite();
        await using LocalApp here = await StartAsync(site, new BlobServiceClient(new Uri("http://127.0.0.1:10000/account")));
        await using LocalApp elsewhere = await StartAsync(
            site, new BlobServiceClient(new Uri("https://account.blob.example/")), "--Vod:PlaybackOrigin", "https://cdn.example/media",
            "--Vod:WebPubSub:Endpoint", "https://push.example");

        Assert.Equal(
            $"connect-src 'self' http://127.0.0.1:10000 ws://127.0.0.1:{here.Url.Port}", await DirectiveAsync(here, "connect-src"));
        Assert.Equal("img-src 'self' blob: data:", await DirectiveAsync(here, "img-src"));
        Assert.Equal("media-src 'self' blob:", await DirectiveAsync(here, "media-src"));
        Assert.Equal(
            "connect-src 'self' https://account.blob.example wss://push.example https://cdn.example",
            await DirectiveAsync(elsewhere, "connect-src"));
        Assert.Equal("img-src 'self' blob: data: https://cdn.example", await DirectiveAsync(elsewhere, "img-src"));
        Assert.Equal("media-src 'self' blob: https://cdn.example", await DirectiveAsync(elsewhere, "media-src"));
    }

    [Fact]
    public async Task Another_push_service_may_be_called_in_place_of_the_emulator()
    {
        using var site = new BuiltSite();
        await using LocalApp app = await StartAsync(
            site, null, "--Vod:WebPubSub:ConnectionString", "Endpoint=https://site.webpubsub.example;AccessKey=a2V5;Version=1.0;");

        Assert.Contains(" wss://site.webpubsub.example", await DirectiveAsync(app, "connect-src"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_site_a_sentence_says_how_to_build_it_and_all_else_works()
    {
        using var site = new BuiltSite(built: false);
        await using LocalApp app = await StartAsync(site);

        foreach (string path in new[] { "/", "/post", "/config.json" })
        {
            using HttpResponseMessage answer = await app.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.StartsWith("The site is not built: ", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using HttpResponseMessage keys = await app.Http.GetAsync("/.well-known/jwks.json");
        Assert.Equal(HttpStatusCode.OK, keys.StatusCode);

        site.Build();
        Assert.Equal(BuiltSite.Page, await app.Http.GetStringAsync("/"));
    }

    [Fact]
    public void The_site_is_found_where_it_is_configured_beside_the_binary_or_in_the_repository()
    {
        using var folder = new TemporaryFolder();
        string binaries = Directory.CreateDirectory(Path.Combine(folder.Path, "bin")).FullName;

        Assert.Equal("/srv/site", SiteFolder.Find("/srv/site", binaries));
        Assert.Equal(Path.Combine(binaries, "site"), SiteFolder.Find(null, binaries));
        File.WriteAllText(Path.Combine(folder.Path, "VodFunctions.sln"), "");
        Assert.Equal(Path.Combine(folder.Path, "src", "VodFunctions.Web", "dist"), SiteFolder.Find("", binaries));
        Directory.CreateDirectory(Path.Combine(binaries, "site"));
        Assert.Equal(Path.Combine(binaries, "site"), SiteFolder.Find(null, binaries));
    }

    private static Task<LocalApp> StartAsync(BuiltSite site, BlobServiceClient? storage = null, params string[] settings) =>
        LocalApp.StartAsync(storage, app => app.MapVodSite(), [.. site.Settings, .. settings]);

    private static string Header(HttpResponseMessage answer, string name) => string.Join(",", answer.Headers.GetValues(name));

    private static async Task<string> DirectiveAsync(LocalApp app, string name)
    {
        using HttpResponseMessage answer = await app.Http.GetAsync("/");
        return Header(answer, "Content-Security-Policy").Split("; ").Single(part => part.StartsWith(name, StringComparison.Ordinal));
    }
}
