using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using VodFunctions.Core.Videos;
using VodFunctions.Local.Hosting;
using VodFunctions.Local.Tests.Hosting;
using VodFunctions.Local.Tokens;
using Xunit;

namespace VodFunctions.Local.Tests.Tokens;

public sealed class DevelopmentTokenTests : IAsyncLifetime
{
    private LocalApp _app = null!;

    public async Task InitializeAsync() => _app = await LocalApp.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_token_names_user_and_roles_and_is_checked_with_the_published_key()
    {
        using HttpResponseMessage response = await PostAsync(new { user = "kim", roles = new[] { "uploader", "admin" } });
        string token = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        var keys = new JsonWebKeySet(await _app.Http.GetStringAsync(new Uri(".well-known/jwks.json", UriKind.Relative)));

        TokenValidationResult result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = DevelopmentTokens.Issuer,
            ValidAudience = DevelopmentTokens.Audience,
            IssuerSigningKeys = keys.Keys,
        });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal("kim", result.ClaimsIdentity.FindFirst("sub")!.Value);
        Assert.Equal(["uploader", "admin"], result.ClaimsIdentity.FindAll("roles").Select(claim => claim.Value));
        Assert.Equal(DevelopmentTokens.Lifetime, result.SecurityToken.ValidTo - result.SecurityToken.ValidFrom);
        Assert.DoesNotContain(_app.Log.Lines, line => line.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_single_role_is_still_a_list()
    {
        string token = _app.App.Services.GetRequiredService<DevelopmentTokens>().Issue(UserId.Parse("kim"), ["uploader"]);

        string payload = Base64UrlEncoder.Decode(token.Split('.')[1]);

        Assert.Contains("\"roles\":[\"uploader\"]", payload, StringComparison.Ordinal);
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("Host", "site.example")]
    [InlineData("Origin", "https://site.example")]
    [InlineData("Origin", "null")]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-For", "127.0.0.1, 203.0.113.9")]
    [InlineData("X-Forwarded-For", "")]
    [InlineData("X-Forwarded-Host", "evil.example:5173")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task A_page_or_a_proxy_from_elsewhere_gets_none(string header, string value)
    {
        using HttpResponseMessage response = await PostAsync(new { user = "kim" }, (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("\"code\":\"FORBIDDEN\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_this_machine_gets_one()
    {
        using HttpResponseMessage response = await PostAsync(new { user = "kim" }, ("Origin", "http://localhost:5173"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_page_that_a_proxy_of_this_machine_serves_to_this_machine_gets_one()
    {
        using HttpResponseMessage response = await PostAsync(
            new { user = "kim" }, ("X-Forwarded-For", "::1,127.0.0.1"), ("X-Forwarded-Host", "localhost:5173"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_form_gets_none()
    {
        // A cross-site page may post a form or plain text without asking first; JSON it may not.
        using HttpResponseMessage response = await _app.Http.PostAsync(
            new Uri("api/dev/token", UriKind.Relative), new StringContent("{\"user\":\"kim\"}"));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("", "uploader")]
    [InlineData("kim", "owner")]
    public async Task Users_without_a_name_and_unknown_roles_are_refused(string user, string role)
    {
        using HttpResponseMessage response = await PostAsync(new { user, roles = new[] { role } });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public void Keys_are_kept_and_only_their_owner_can_read_them()
    {
        using var temporary = new TemporaryFolder();
        string path = Path.Combine(temporary.Path, "data");

        string first = KeyIdOf(path);
        string second = KeyIdOf(path);

        Assert.Equal(first, second);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(path, "development-token.key")));
        }
    }

    [Fact]
    public void A_data_folder_has_one_host()
    {
        using var temporary = new TemporaryFolder();
        using DataFolder first = DataFolder.Open(temporary.Path);

        Assert.Contains("in use", Assert.Throws<StartException>(() => DataFolder.Open(temporary.Path)).Message, StringComparison.Ordinal);
    }

    private static string KeyIdOf(string path)
    {
        using DataFolder folder = DataFolder.Open(path);
        using var tokens = new DevelopmentTokens(folder, TimeProvider.System);
        return tokens.SigningKey.KeyId;
    }

    private async Task<HttpResponseMessage> PostAsync(object body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/dev/token") { Content = JsonContent.Create(body) };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _app.Http.SendAsync(request);
    }
}
