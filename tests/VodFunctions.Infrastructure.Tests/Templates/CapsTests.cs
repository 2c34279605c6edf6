using System.Text.Json.Nodes;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Templates;

/// <summary>What keeps the bill where docs/capacity.md has it.</summary>
public sealed class CapsTests
{
    [BicepFact]
    public async Task Logs_are_taken_in_once_and_under_a_cap()
    {
        Deployment main = await Deployment.Main;
        JsonNode logs = Assert.Single(main.One("Microsoft.Insights/diagnosticSettings")["properties"]!["logs"]!.AsArray())!;

        Assert.Equal("ContainerAppSystemLogs", Deployment.Text(logs["category"]));
        Assert.Null(logs["categoryGroup"]);
        Assert.Equal(
            "0.5", Deployment.Text(main.One("Microsoft.OperationalInsights/workspaces")["properties"]!["workspaceCapping"]!["dailyQuotaGb"]));
    }

    [BicepFact]
    public async Task What_a_month_costs_is_told_before_it_is_over()
    {
        JsonNode budget = (await Deployment.Main).One("Microsoft.Consumption/budgets")["properties"]!;
        JsonObject notifications = budget["notifications"]!.AsObject();

        Assert.Equal((350, "Monthly"), (budget["amount"]!.GetValue<int>(), Deployment.Text(budget["timeGrain"])));
        Assert.Equal("2026-11-01", Deployment.Text(budget["timePeriod"]!["startDate"]));
        Assert.Equal([80, 100, 120], notifications.Select(each => each.Value!["threshold"]!.GetValue<int>()).Order());
        Assert.All(notifications, each => Assert.Contains("actionGroupId", each.Value!["contactGroups"]!.ToJsonString(), StringComparison.Ordinal));
    }
}
