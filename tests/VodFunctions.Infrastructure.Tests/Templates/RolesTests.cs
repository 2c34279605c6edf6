using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Templates;

/// <summary>Every role of every identity, on what.</summary>
public sealed partial class RolesTests
{
    private static readonly Dictionary<string, string> s_roles = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Blob Data Contributor",
        ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"] = "Blob Data Reader",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Table Data Contributor",
        ["12cf5a90-567b-43ae-8102-96cf46c7d9b4"] = "Web PubSub Service Owner",
        ["7f951dda-4ed3-4680-a7ca-43fe172d538d"] = "AcrPull",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "Durable Task Data Contributor",
    };

    [BicepFact]
    public async Task The_app_with_FFmpeg_has_the_least_that_a_job_needs() => Assert.Equal(
        [
            "Blob Data Contributor on stvodmedia/media",
            "Blob Data Contributor on stvodmedia/state, below work/",
            "Blob Data Owner on stvodwork",
            "Blob Data Reader on stvodmedia/uploads",
            "Durable Task Data Contributor on dts-vod-",
            "Monitoring Metrics Publisher on appi-vod-",
            "Web PubSub Service Owner on wps-vod-",
        ],
        await OfAsync("media"));

    [BicepFact]
    public async Task The_API_signs_tickets_and_purges() => Assert.Equal(
        [
            "Blob Data Contributor on stvodmedia",
            "Blob Data Owner on stvodhost",
            "Durable Task Data Contributor on dts-vod-",
            "Monitoring Metrics Publisher on appi-vod-",
            "Queue Data Contributor on stvodhost",
            "Queue Data Contributor on stvodmedia",
            "Table Data Contributor on stvodhost",
            "Web PubSub Service Owner on wps-vod-",
            "purge on vod-",
        ],
        await OfAsync("api"));

    [BicepFact]
    public async Task The_identity_that_pulls_may_do_nothing_else() =>
        Assert.Equal(["AcrPull on crvod"], await OfAsync("pull"));

    [BicepFact]
    public async Task Front_Door_reads_two_containers_and_lists_none() => Assert.Equal(
        ["Blob Data Reader on stvodmedia/media, no list", "Blob Data Reader on stvodmedia/site, no list"], await OfAsync("cdn"));

    [BicepFact]
    public async Task Who_deploys_uploads_the_site_and_reads_the_hosts_keys() => Assert.Equal(
        ["Blob Data Contributor on stvodmedia/site", "Blob Data Reader on stvodhost/azure-webjobs-secrets"],
        await OfAsync("11111111"));

    /// <summary>A role that is made and assigned in one deployment may not be found yet.</summary>
    [BicepFact]
    public async Task The_one_role_of_our_own_is_made_before_the_deployment_that_assigns_it()
    {
        Deployment main = await Deployment.Main;
        JsonNode role = Assert.Single(main.All("Microsoft.Authorization/roleDefinitions"));

        Assert.Equal(
            ["Microsoft.Cdn/profiles/afdEndpoints/purge/action", "Microsoft.Cdn/profiles/afdEndpoints/read"],
            role["properties"]!["permissions"]![0]!["actions"]!.AsArray().Select(Deployment.Text).Order(StringComparer.Ordinal));
        Assert.Single(
            main.All("Microsoft.Authorization/roleAssignments"),
            assignment => Deployment.Text(assignment["properties"]!["roleDefinitionId"]).Contains("'purgeRole", StringComparison.Ordinal));
    }

    [BicepFact]
    public async Task No_account_takes_a_key_and_no_service_has_one()
    {
        Deployment main = await Deployment.Main;

        Assert.Equal(3, main.All("Microsoft.Storage/storageAccounts").Count);
        Assert.All(main.All("Microsoft.Storage/storageAccounts"), account =>
        {
            Assert.False(account["properties"]!["allowSharedKeyAccess"]!.GetValue<bool>());
            Assert.False(account["properties"]!["allowBlobPublicAccess"]!.GetValue<bool>());
        });
        Assert.True(main.One("Microsoft.SignalRService/webPubSub")["properties"]!["disableLocalAuth"]!.GetValue<bool>());
        Assert.True(main.One("Microsoft.Insights/components")["properties"]!["DisableLocalAuth"]!.GetValue<bool>());
        Assert.False(main.One("Microsoft.ContainerRegistry/registries")["properties"]!["adminUserEnabled"]!.GetValue<bool>());
    }

    // "Role on resource[/container][, condition]" of whoever's principal id has that in it, in order.
    private static async Task<string[]> OfAsync(string who) =>
    [
        .. (await Deployment.Main).All("Microsoft.Authorization/roleAssignments")
            .Where(assignment => Principal().Match(Deployment.Text(assignment["properties"]!["principalId"])).Groups["who"].Value == who)
            .Select(Describe)
            .Order(StringComparer.Ordinal),
    ];

    private static string Describe(JsonNode assignment)
    {
        string role = Deployment.Text(assignment["properties"]!["roleDefinitionId"]);
        string condition = Deployment.Text(assignment["properties"]!["condition"]);
        Match scope = Scope().Match(Deployment.Text(assignment["id"]));
        string container = scope.Groups["container"].Success ? $"/{scope.Groups["container"].Value}" : "";
        string bound = condition.Contains("'work/*'", StringComparison.Ordinal) ? ", below work/"
            : condition.Contains("'Blob.List'", StringComparison.Ordinal) ? ", no list"
            : condition;
        return $"{s_roles.GetValueOrDefault(role[(role.LastIndexOf('/') + 1)..], "purge")} on {scope.Groups["name"].Value}{container}{bound}";
    }

    // Of an output of identity.bicep, or as it was given.
    [GeneratedRegex(@"outputs\.(?<who>\w+)PrincipalId|^(?<who>[0-9]{8})-")]
    private static partial Regex Principal();

    // The resource, without the 13 letters that distinguish deployments, and the container of an account.
    [GeneratedRegex(@"/(?<name>[^/]+)\w{13}(?:/blobServices/default/containers/(?<container>[^/]+))?/providers/Microsoft\.Authorization/roleAssignments/")]
    private static partial Regex Scope();
}
