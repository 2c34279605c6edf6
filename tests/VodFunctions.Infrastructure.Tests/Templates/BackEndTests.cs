using System.Text.Json.Nodes;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Templates;

/// <summary>What another back end, and no network, change: <c>durableBackend=storage</c>, <c>vnetEnabled=false</c>.</summary>
public sealed class BackEndTests
{
    private const string ContainerApp = "Microsoft.App/containerApps";
    private const string Role = "Microsoft.Authorization/roleAssignments";

    [BicepFact]
    public async Task On_storage_one_app_runs_everything_with_the_cores_that_FFmpeg_needs()
    {
        JsonNode app = Assert.Single((await Deployment.AppsOnStorage).All(ContainerApp));
        JsonNode container = Assert.Single(app["properties"]!["template"]!["containers"]!.AsArray())!;

        Assert.StartsWith("ca-vod-api-", Deployment.Text(app["name"]), StringComparison.Ordinal);
        Assert.Equal(("2", "4Gi"), (Deployment.Text(container["resources"]!["cpu"]), Deployment.Text(container["resources"]!["memory"])));
        Assert.True(app["properties"]!["configuration"]!["ingress"]!["external"]!.GetValue<bool>());
    }

    /// <summary>Nothing scales by the queue of Azure Storage: without a replica that stays no job would ever begin.</summary>
    [BicepFact]
    public async Task On_storage_a_replica_stays_and_the_alert_for_full_houses_watches_that_app()
    {
        Deployment apps = await Deployment.AppsOnStorage;
        JsonNode scale = Assert.Single(apps.All(ContainerApp))["properties"]!["template"]!["scale"]!;
        JsonNode full = apps.One("Microsoft.Insights/metricAlerts", "vod-media-full")["properties"]!;

        Assert.Equal((1, 5), (scale["minReplicas"]!.GetValue<int>(), scale["maxReplicas"]!.GetValue<int>()));
        string watched = Assert.Single(full["scopes"]!.AsArray())!.ToString();
        Assert.Contains("'api'", watched, StringComparison.Ordinal);
        Assert.DoesNotContain("'media'", watched, StringComparison.Ordinal);
        Assert.Equal("4", Deployment.Text(full["criteria"]!["allOf"]![0]!["threshold"]));
    }

    [BicepFact]
    public async Task On_storage_there_is_no_scheduler_no_second_host_account_and_nobody_who_is_media_may_do_anything()
    {
        Deployment main = await Deployment.MainOnStorage;

        Assert.Empty(main.All("Microsoft.DurableTask/schedulers"));
        Assert.DoesNotContain(
            main.All("Microsoft.Storage/storageAccounts"),
            account => Deployment.Text(account["name"]).StartsWith("stvodwork", StringComparison.Ordinal));
        Assert.DoesNotContain(
            main.All(Role), role => Deployment.Text(role["properties"]!["principalId"]).Contains("mediaPrincipalId", StringComparison.Ordinal));
        Assert.Equal(3, main.All("Microsoft.Network/privateEndpoints").Count);
    }

    [BicepFact]
    public async Task By_default_there_is_no_network_and_every_account_is_reached_by_those_with_a_role()
    {
        Deployment main = await Deployment.MainByDefault;

        Assert.Empty(main.All("Microsoft.Network/virtualNetworks"));
        Assert.Empty(main.All("Microsoft.Network/privateEndpoints"));
        Assert.Empty(main.All("Microsoft.Network/privateDnsZones"));
        Assert.Equal("", Deployment.Text(main.One("Microsoft.App/managedEnvironments")["properties"]!["vnetConfiguration"]));
        Assert.Equal(3, main.All("Microsoft.Storage/storageAccounts").Count);
        Assert.All(main.All("Microsoft.Storage/storageAccounts"), account =>
        {
            Assert.Equal("Allow", Deployment.Text(account["properties"]!["networkAcls"]!["defaultAction"]));
            Assert.False(account["properties"]!["allowSharedKeyAccess"]!.GetValue<bool>());
        });
    }

    /// <summary>azd gives empty texts for what is not set.</summary>
    [BicepFact]
    public async Task What_is_not_set_is_left_out()
    {
        Deployment main = await Deployment.MainByDefault;

        Assert.Empty(main.All("Microsoft.Consumption/budgets"));
        Assert.Empty(main.All("Microsoft.Cdn/profiles/customDomains"));
        Assert.DoesNotContain(
            main.All(Role), role => Deployment.Text(role["properties"]!["description"]).StartsWith("Who deploys", StringComparison.Ordinal));
    }
}
