using System.Globalization;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Hooks;

/// <summary>The hook before <c>azd provision</c>.</summary>
public sealed class PreprovisionTests
{
    private const string Hook = "preprovision.sh";

    [Fact]
    public async Task The_first_time_the_budget_begins_with_this_month()
    {
        using var azure = new FakeAzure();
        string before = Month();

        HookRun run = await azure.RunAsync(Hook);

        Assert.True(run.Code == 0, run.Errors);
        Assert.Contains(azure.State["env"], new[] { $"VOD_BUDGET_START={before}\n", $"VOD_BUDGET_START={Month()}\n" });
        Assert.Empty(azure.LeftBehind);

        static string Month() => DateTime.UtcNow.ToString("yyyy-MM-01", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_budget_that_is_there_keeps_its_month_on_whichever_machine()
    {
        using var azure = new FakeAzure();
        azure.Budget("2025-03-01");

        HookRun run = await azure.RunAsync(Hook);

        Assert.True(run.Code == 0, run.Errors);
        Assert.Equal("VOD_BUDGET_START=2025-03-01\n", azure.State["env"]);
    }

    [Fact]
    public async Task Once_it_is_known_nothing_is_asked_and_nothing_changes()
    {
        using var azure = new FakeAzure();

        HookRun run = await azure.RunAsync(Hook, ("VOD_BUDGET_START", "2025-03-01"));

        Assert.True(run.Code == 0, run.Errors);
        Assert.DoesNotContain("azd", azure.Calls, StringComparison.Ordinal);
        Assert.DoesNotContain("rest", azure.Calls, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("az account show", "is not signed in", "az login")]
    [InlineData("az rest", "could not be read", "azd env set VOD_BUDGET_START")]
    [InlineData("azd env set", "could not be kept", "azd env set VOD_BUDGET_START")]
    public async Task A_call_that_fails_ends_with_what_failed_and_what_to_type(string call, string failed, string type)
    {
        using var azure = new FakeAzure();
        azure.Refuse(call);

        HookRun run = await azure.RunAsync(Hook);

        run.SaysWhatFailed(call, failed, type);
        Assert.DoesNotContain("env", azure.State.Keys);
    }

    [Theory]
    [InlineData("AZURE_ENV_NAME")]
    [InlineData("AZURE_SUBSCRIPTION_ID")]
    public async Task Without_azd_it_says_how_it_is_run(string setting)
    {
        using var azure = new FakeAzure();

        HookRun run = await azure.RunAsync(Hook, (setting, ""));

        Assert.NotEqual(0, run.Code);
        Assert.Contains($"{setting} is not set", run.Errors, StringComparison.Ordinal);
        Assert.Equal("azd provision", run.ToType);
        Assert.Empty(azure.Calls);
    }
}
