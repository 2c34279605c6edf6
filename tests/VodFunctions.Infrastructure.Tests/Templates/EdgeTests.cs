using System.Text.Json.Nodes;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Templates;

/// <summary>The environment, Front Door, and what each refuses.</summary>
public sealed class EdgeTests
{
    /// <summary>Left out, a subscription may get an Express environment, which has none of what follows.</summary>
    [BicepFact]
    public async Task The_environment_says_its_mode()
    {
        JsonNode environment = (await Deployment.Main).One("Microsoft.App/managedEnvironments");

        Assert.Equal("WorkloadProfiles", Deployment.Text(environment["properties"]!["environmentMode"]));
        Assert.Equal("2026-07-01", Deployment.Text(environment["apiVersion"]));
        Assert.Equal("Consumption", Deployment.Text(environment["properties"]!["workloadProfiles"]![0]!["name"]));
    }

    [BicepFact]
    public async Task Front_Door_signs_in_to_storage_probes_by_HTTPS_and_forwards_by_nothing_else()
    {
        Deployment main = await Deployment.Main;
        JsonNode group = main.One("Microsoft.Cdn/profiles/originGroups", "/storage")["properties"]!;

        Assert.Equal("Https", Deployment.Text(group["healthProbeSettings"]!["probeProtocol"]));
        Assert.Equal("https://storage.azure.com/.default", Deployment.Text(group["authentication"]!["scope"]));
        Assert.Equal(4, main.All("Microsoft.Cdn/profiles/afdEndpoints/routes").Count);
        Assert.All(
            main.All("Microsoft.Cdn/profiles/afdEndpoints/routes"),
            route => Assert.Equal("HttpsOnly", Deployment.Text(route["properties"]!["forwardingProtocol"])));
    }

    [BicepFact]
    public async Task One_address_may_ask_so_often_and_no_more()
    {
        Deployment main = await Deployment.Main;
        JsonNode policy = main.One("Microsoft.Network/FrontDoorWebApplicationFirewallPolicies");
        JsonArray rules = policy["properties"]!["customRules"]!["rules"]!.AsArray();
        JsonNode security = main.One("Microsoft.Cdn/profiles/securityPolicies")["properties"]!["parameters"]!;

        Assert.Equal("Standard_AzureFrontDoor", Deployment.Text(policy["sku"]!["name"]));
        Assert.Equal("Prevention", Deployment.Text(policy["properties"]!["policySettings"]!["mode"]));
        Assert.Equal(
            [("/api/", 600, 1), ("/", 30000, 5)],
            rules.Select(rule => (
                Deployment.Text(rule!["matchConditions"]![0]!["matchValue"]![0]), rule["rateLimitThreshold"]!.GetValue<int>(),
                rule["rateLimitDurationInMinutes"]!.GetValue<int>())));
        Assert.All(rules, rule => Assert.Equal(
            ("RateLimitRule", "Block", "SocketAddr"),
            (Deployment.Text(rule!["ruleType"]), Deployment.Text(rule["action"]), Deployment.Text(rule["groupBy"]![0]!["variableName"]))));
        Assert.EndsWith(Deployment.Text(policy["name"]), Deployment.Text(security["wafPolicy"]!["id"]), StringComparison.Ordinal);
        Assert.Contains("outputs.domains", security["associations"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task What_is_deleted_can_be_brought_back_for_a_week()
    {
        JsonNode media = (await Deployment.Main).One("Microsoft.Storage/storageAccounts/blobServices", "stvodmedia");

        Assert.Equal(7, media["properties"]!["deleteRetentionPolicy"]!["days"]!.GetValue<int>());
        Assert.All((await Deployment.Main).All("Microsoft.Storage/storageAccounts/blobServices"), service =>
            Assert.Equal(7, service["properties"]!["containerDeleteRetentionPolicy"]!["days"]!.GetValue<int>()));
    }

    [BicepFact]
    public async Task In_a_network_the_hosts_accounts_are_reached_privately_and_by_who_deploys()
    {
        Deployment main = await Deployment.Main;

        Assert.Equal(3, main.All("Microsoft.Network/privateDnsZones").Count);
        Assert.Equal(
            ["blob", "blob", "queue", "queue", "table", "table"],
            main.All("Microsoft.Network/privateEndpoints")
                .Select(endpoint => Deployment.Text(endpoint["properties"]!["privateLinkServiceConnections"]![0]!["properties"]!["groupIds"]![0]))
                .Order(StringComparer.Ordinal));
        Assert.Contains(
            "'network-{0}'", Deployment.Text(main.One("Microsoft.App/managedEnvironments")["properties"]!["vnetConfiguration"]),
            StringComparison.Ordinal);
        foreach (string account in new[] { "stvodhost", "stvodwork" })
        {
            JsonNode rules = main.One("Microsoft.Storage/storageAccounts", account)["properties"]!["networkAcls"]!;
            Assert.Equal("Deny", Deployment.Text(rules["defaultAction"]));
            Assert.Equal("203.0.113.7", Deployment.Text(Assert.Single(rules["ipRules"]!.AsArray())!["value"]));
        }

        // Browsers upload to this one.
        Assert.Equal("Allow", Deployment.Text(
            main.One("Microsoft.Storage/storageAccounts", "stvodmedia")["properties"]!["networkAcls"]!["defaultAction"]));
    }
}
