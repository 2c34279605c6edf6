using System.Text.Json;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Hooks;

/// <summary>The hook after <c>azd deploy</c>.</summary>
public sealed class PostdeployTests
{
    private const string Hook = "postdeploy.sh";

    [Fact]
    public async Task Event_Grid_gets_the_hosts_key_and_nobody_else_does()
    {
        using var azure = new FakeAzure();

        HookRun run = await azure.RunAsync(Hook);

        Assert.True(run.Code == 0, run.Errors);
        JsonElement parameters = JsonSerializer.Deserialize<JsonElement>(azure.State["subscription.json"]).GetProperty("parameters");
        Assert.Equal(
            "https://api.example/runtime/webhooks/blobs?functionName=Host.Functions.OnUpload&code=aB%2B%2Fcd%3D%3D",
            parameters.GetProperty("webhookUrl").GetProperty("value").GetString());
        Assert.Equal("evgt-vod-1", parameters.GetProperty("topicName").GetProperty("value").GetString());
        foreach (string text in new[] { azure.Calls, run.Output, run.Errors })
        {
            Assert.DoesNotContain(FakeAzure.Key, text, StringComparison.Ordinal);
            Assert.DoesNotContain("aB%2B", text, StringComparison.Ordinal);
        }

        Assert.Empty(azure.LeftBehind);
        Assert.Contains("site/index.html", azure.State.Keys);
    }

    /// <summary>A preview command, or one that nulls scale rules, is no part of a deployment.</summary>
    [Fact]
    public async Task It_changes_no_app()
    {
        using var azure = new FakeAzure();

        await azure.RunAsync(Hook);

        Assert.DoesNotContain("az containerapp", azure.Calls, StringComparison.Ordinal);
        Assert.DoesNotContain("az extension", azure.Calls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_it_twice_changes_nothing()
    {
        using var azure = new FakeAzure();
        await azure.RunAsync(Hook);
        IReadOnlyDictionary<string, string> once = azure.State;

        HookRun again = await azure.RunAsync(Hook);

        Assert.True(again.Code == 0, again.Errors);
        Assert.Equal(once, azure.State);
    }

    [Fact]
    public async Task A_key_given_by_hand_is_taken()
    {
        using var azure = new FakeAzure();
        azure.HostKeys(null);

        HookRun run = await azure.RunAsync(Hook, ("VOD_EVENT_KEY", "by+hand"));

        Assert.True(run.Code == 0, run.Errors);
        Assert.Contains("code=by%2Bhand", azure.State["subscription.json"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("az account show", "is not signed in", "az login")]
    [InlineData("curl", "An answer of https://api.example/api/health/live did not come", "az containerapp logs show")]
    [InlineData("az storage blob download", "The key for blob events did not come", "az storage blob download --account-name stvodhost1")]
    [InlineData("az deployment group create", "The event subscription did not come", "az deployment operation group list")]
    [InlineData("npm ci", "The browser app could not be built", "npm ci")]
    [InlineData("az storage blob upload-batch", "The browser app could not be uploaded", "azd provision && azd hooks run postdeploy")]
    public async Task A_call_that_fails_ends_with_what_failed_and_what_to_type(string call, string failed, string type)
    {
        using var azure = new FakeAzure();
        azure.Refuse(call);

        HookRun run = await azure.RunAsync(Hook);

        run.SaysWhatFailed(call, failed, type);
        Assert.DoesNotContain(FakeAzure.Key, run.Errors, StringComparison.Ordinal);
        Assert.Empty(azure.LeftBehind);
    }

    [Theory]
    [InlineData(null, "host.json")]
    [InlineData("{}", "has made no key blobs_extension yet")]
    [InlineData("""{"systemKeys":[{"name":"blobs_extension","value":"x","encrypted":true}]}""", "only the host can read it")]
    public async Task A_key_that_cannot_be_had_is_explained_and_can_be_given(string? keys, string said)
    {
        using var azure = new FakeAzure();
        azure.HostKeys(keys);

        HookRun run = await azure.RunAsync(Hook);

        Assert.NotEqual(0, run.Code);
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
        Assert.Contains("VOD_EVENT_KEY=... azd hooks run postdeploy", run.ToType, StringComparison.Ordinal);
        Assert.DoesNotContain("subscription.json", azure.State.Keys);
    }

    [Theory]
    [InlineData("VOD_API_URL")]
    [InlineData("VOD_HOST_ACCOUNT")]
    [InlineData("VOD_EVENT_TOPIC")]
    public async Task Without_azd_it_says_how_it_is_run(string setting)
    {
        using var azure = new FakeAzure();

        HookRun run = await azure.RunAsync(Hook, (setting, ""));

        Assert.NotEqual(0, run.Code);
        Assert.Contains($"{setting} is not set", run.Errors, StringComparison.Ordinal);
        Assert.Equal("azd hooks run postdeploy", run.ToType);
        Assert.Empty(azure.Calls);
    }
}
