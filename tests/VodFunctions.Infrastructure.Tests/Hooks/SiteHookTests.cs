using System.Text.Json;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Hooks;

/// <summary>How the browser app gets to Azure.</summary>
public sealed class SiteHookTests
{
    private const string ForEver = "public, max-age=31536000, immutable";
    private const string Briefly = "public, max-age=60";

    [Fact]
    public async Task Assets_are_uploaded_first_and_for_ever_and_the_page_last_and_briefly()
    {
        using var deployment = new FakeDeployment(
            "index.html", "icon.svg", "assets/app-1a2b.js", "assets/app-1a2b.css", "assets/app-1a2b.js.br",
            "assets/app-1a2b.js.map");

        (int code, string output, string errors) = await deployment.RunAsync();

        Assert.True(code == 0, output + errors);
        IReadOnlyList<UploadedFile> uploaded = deployment.Uploaded;
        Assert.Equal(
            [
                new("site/assets/app-1a2b.css", "text/css", ForEver),
                new("site/assets/app-1a2b.js", "text/javascript", ForEver),
                new("site/sign-in.js", "text/javascript", Briefly),
                new("site/config.json", "application/json", Briefly),
                new("site/icon.svg", "image/svg+xml", Briefly),
                new("site/index.html", "text/html", Briefly),
            ],
            uploaded.Order(Comparer<UploadedFile>.Create((one, other) => Place(one).CompareTo(Place(other)))));
        Assert.All(uploaded.Take(2), file => Assert.StartsWith("site/assets/", file.Name, StringComparison.Ordinal));
        Assert.Equal("site/index.html", uploaded[^1].Name);
        Assert.Equal("assets/app-1a2b.js", deployment.Read("site/assets/app-1a2b.js"));

        // Types in any order, between the first and the last.
        static string Place(UploadedFile file)
        {
            int group = file.CacheControl == ForEver ? 0 : file.ContentType == "text/html" ? 2 : 1;
            return $"{group}{Array.IndexOf(["text/css", "text/javascript", "application/json", "image/svg+xml"], file.ContentType) + 1}";
        }
    }

    [Fact]
    public async Task The_pages_are_told_of_the_API_on_their_own_origin_and_of_the_sign_in()
    {
        using var deployment = new FakeDeployment("index.html");
        await File.WriteAllTextAsync(Path.Combine(deployment.Root, "ours.js"), "export default 1;");

        (int code, string output, string errors) = await deployment.RunAsync(("VOD_SIGN_IN_MODULE", "ours.js"));

        Assert.True(code == 0, output + errors);
        JsonElement config = JsonSerializer.Deserialize<JsonElement>(deployment.Read("site/config.json"));
        Assert.Equal("/api", config.GetProperty("api").GetString());
        Assert.Equal("module", config.GetProperty("signIn").GetProperty("kind").GetString());
        Assert.Equal("/sign-in.js", config.GetProperty("signIn").GetProperty("url").GetString());
        Assert.Equal("export default 1;", deployment.Read("site/sign-in.js"));
    }

    [Theory]
    [InlineData("https://shop.eu.auth0.com", "https://vod", "openid profile offline_access", "https://vod")]
    [InlineData("https://login.site.example/realms/site", "vod", "openid profile offline_access", "vod")]
    [InlineData("https://login.microsoftonline.com/tenant/v2.0", "api-id", "openid profile offline_access api-id/.default", null)]
    [InlineData("https://tenant.ciamlogin.com/tenant/v2.0", "api-id", "openid profile offline_access api-id/.default", null)]
    public async Task With_a_client_id_the_pages_sign_in_by_OpenID_Connect(string issuer, string audience, string scope, string? asked)
    {
        using var deployment = new FakeDeployment("index.html");

        (int code, string output, string errors) = await deployment.RunAsync(
            ("VOD_AUTH_CLIENT_ID", "pages"), ("VOD_AUTH_AUTHORITY", issuer), ("VOD_AUTH_AUDIENCE", audience));

        Assert.True(code == 0, output + errors);
        JsonElement signIn = JsonSerializer.Deserialize<JsonElement>(deployment.Read("site/config.json")).GetProperty("signIn");
        Assert.Equal(
            [
                "kind: oidc", $"issuer: {issuer}", "clientId: pages", $"scope: {scope}",
                .. asked is null ? [] : new[] { $"audience: {asked}" },
            ],
            signIn.EnumerateObject().Select(property => $"{property.Name}: {property.Value}"));
        Assert.DoesNotContain(deployment.Uploaded, file => file.Name == "site/sign-in.js");
    }

    [Theory]
    [InlineData("VOD_AUTH_CLIENT_ID", "pages\"", "may hold no quotation mark")]
    [InlineData("VOD_SIGN_IN_MODULE", "ours.js", "are both set")]
    public async Task A_sign_in_that_cannot_work_is_not_uploaded(string name, string value, string sentence)
    {
        using var deployment = new FakeDeployment("index.html");

        await AssertIsRefusedAsync(
            deployment, sentence, ("VOD_AUTH_CLIENT_ID", "pages"), ("VOD_AUTH_AUTHORITY", "https://login.example"), ("VOD_AUTH_AUDIENCE", "vod"),
            (name, value));
    }

    [Fact]
    public async Task Without_a_sign_in_people_can_watch_and_the_hook_says_so()
    {
        using var deployment = new FakeDeployment("index.html");

        (int code, string output, _) = await deployment.RunAsync();

        Assert.Equal(0, code);
        Assert.Contains("neither VOD_AUTH_CLIENT_ID nor VOD_SIGN_IN_MODULE is set", output, StringComparison.Ordinal);
        Assert.Contains("export default", deployment.Read("site/sign-in.js"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_right_that_is_still_new_is_waited_for()
    {
        using var deployment = new FakeDeployment("index.html", "assets/app-1a2b.js");
        deployment.Refuse(3);

        (int code, string output, string errors) = await deployment.RunAsync();

        Assert.True(code == 0, output + errors);
        Assert.Equal("site/index.html", deployment.Uploaded[^1].Name);
    }

    [Fact]
    public async Task An_upload_that_stays_refused_ends_with_what_was_said_and_leaves_the_old_page()
    {
        using var deployment = new FakeDeployment("index.html", "assets/app-1a2b.js");
        deployment.Refuse(1000);

        (int code, _, string errors) = await deployment.RunAsync(("VOD_HOOK_PATIENCE_SECONDS", "0"));

        Assert.NotEqual(0, code);
        Assert.Contains("You do not have the required permissions", errors, StringComparison.Ordinal);
        Assert.Contains("could not be uploaded to account", errors, StringComparison.Ordinal);
        Assert.Empty(deployment.Uploaded);
    }

    [Fact]
    public async Task A_type_of_file_that_nobody_has_thought_of_is_not_uploaded_as_just_anything()
    {
        using var deployment = new FakeDeployment("index.html", "assets/app-1a2b.xyz");

        await AssertIsRefusedAsync(deployment, "*.xyz: say in");
    }

    [Theory]
    [InlineData("VOD_SITE_ACCOUNT", "", "VOD_SITE_ACCOUNT is not set")]
    [InlineData("VOD_SIGN_IN_MODULE", "nowhere.js", "there is no file")]
    [InlineData("VOD_AUTH_CLIENT_ID", "pages", "VOD_AUTH_AUTHORITY is not set, and VOD_AUTH_CLIENT_ID needs it")]
    public async Task What_is_missing_is_said_in_one_sentence(string name, string value, string sentence)
    {
        using var deployment = new FakeDeployment("index.html");

        await AssertIsRefusedAsync(deployment, sentence, (name, value));
    }

    [Fact]
    public async Task A_build_that_leaves_no_page_is_no_build()
    {
        using var deployment = new FakeDeployment("assets/app-1a2b.js");

        await AssertIsRefusedAsync(deployment, "The build has left no");
    }

    private static async Task AssertIsRefusedAsync(
        FakeDeployment deployment, string sentence, params (string Name, string Value)[] settings)
    {
        (int code, _, string errors) = await deployment.RunAsync(settings);

        Assert.NotEqual(0, code);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.Empty(deployment.Uploaded);
    }
}
