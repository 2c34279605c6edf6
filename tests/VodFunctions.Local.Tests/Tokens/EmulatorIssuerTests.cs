using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VodFunctions.Api;
using VodFunctions.Api.Auth;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Videos;
using VodFunctions.Local.Tests.Hosting;
using VodFunctions.Local.Tokens;
using Xunit;

namespace VodFunctions.Local.Tests.Tokens;

/// <summary>Another host, the Functions app, believes the tokens of <c>./dev emulators</c> by what that prints.</summary>
public sealed class EmulatorIssuerTests
{
    [Fact]
    public async Task A_host_that_names_the_emulators_as_its_authority_takes_their_tokens_and_no_others()
    {
        await using LocalApp emulators = await LocalApp.StartAsync();
        await using LocalApp others = await LocalApp.StartAsync();
        await using ServiceProvider host = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Vod:Auth:Authority"] = emulators.Url.GetLeftPart(UriPartial.Authority),
                ["Vod:Auth:Audience"] = DevelopmentTokens.Audience,
            }).Build())
            .AddVodApi()
            .BuildServiceProvider();
        host.GetRequiredService<IStartupValidator>().Validate();
        TokenValidator validator = host.GetRequiredService<TokenValidator>();

        Caller? caller = await validator.ValidateAsync(await TokenAsync(emulators), default);

        Assert.Equal(new Caller(UserId.Parse("alice"), IsUploader: true, IsAdmin: false) { Name = "alice" }, caller);
        Assert.Null(await validator.ValidateAsync(await TokenAsync(others), default));
    }

    private static async Task<string> TokenAsync(LocalApp app)
    {
        using HttpResponseMessage answer =
            await app.Http.PostAsJsonAsync("/api/dev/token", new { user = "alice", roles = new[] { "uploader" } });
        JsonElement body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("token").GetString()!;
    }
}
