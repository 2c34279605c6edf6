using System.Text.Json.Nodes;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Templates;

/// <summary>The container apps: what they scale by, what they run as, how they end.</summary>
public sealed class AppsTests
{
    private const string ContainerApp = "Microsoft.App/containerApps";
    private static readonly string[] s_apps = ["ca-vod-api-", "ca-vod-media-"];

    /// <summary>A kind <c>functionapp</c> would write rules of its own, and refuse these.</summary>
    [BicepFact]
    public async Task Both_apps_are_plain_container_apps_with_the_same_image()
    {
        Deployment apps = await Deployment.Apps;

        Assert.Equal(2, apps.All(ContainerApp).Count);
        Assert.All(apps.All(ContainerApp), app =>
        {
            Assert.Null(app["kind"]);
            Assert.Equal("registry.example/vod:1", Deployment.Text(Container(app)["image"]));
        });
    }

    [BicepFact]
    public async Task The_app_that_transcodes_scales_by_activities_one_for_each_replica()
    {
        JsonNode rule = Assert.Single(Scale(await AppAsync("media"))["rules"]!.AsArray())!["custom"]!;

        Assert.Equal("azure-durabletask-scheduler", Deployment.Text(rule["type"]));
        Assert.Equal("Activity", Deployment.Text(rule["metadata"]!["workItemType"]));
        Assert.Equal("1", Deployment.Text(rule["metadata"]!["maxConcurrentWorkItemsCount"]));
        Assert.Equal("vod", Deployment.Text(rule["metadata"]!["taskhubName"]));
        Assert.Contains("/schedulers/dts-vod-", Deployment.Text(rule["metadata"]!["endpoint"]), StringComparison.Ordinal);
        Assert.Contains("/id-vod-media-", Deployment.Text(rule["identity"]), StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task The_API_scales_by_calls_and_by_nothing_else()
    {
        JsonNode rule = Assert.Single(Scale(await AppAsync("api"))["rules"]!.AsArray())!;

        Assert.Equal(["name", "http"], rule.AsObject().Select(property => property.Key));
        Assert.Equal("50", Deployment.Text(rule["http"]!["metadata"]!["concurrentRequests"]));
    }

    /// <summary>Nobody has seen <c>media</c> scale from zero yet.</summary>
    [BicepFact]
    public async Task Each_app_keeps_a_replica_and_has_a_bound()
    {
        Assert.Equal((1, 5), Replicas(await AppAsync("api")));
        Assert.Equal((1, 40), Replicas(await AppAsync("media")));

        static (int Least, int Most) Replicas(JsonNode app) =>
            (Scale(app)["minReplicas"]!.GetValue<int>(), Scale(app)["maxReplicas"]!.GetValue<int>());
    }

    [BicepFact]
    public async Task Each_app_runs_as_itself_and_no_container_gets_a_token_to_pull_with()
    {
        foreach ((string app, string own) in s_apps.Zip(["id-vod-api-", "id-vod-media-"]))
        {
            JsonNode found = (await Deployment.Apps).One(ContainerApp, app);
            string[] identities = [.. found["identity"]!["userAssignedIdentities"]!.AsObject().Select(each => NameOf(each.Key))];
            (string, string)[] lifecycles =
            [
                .. Configuration(found)["identitySettings"]!.AsArray()
                    .Select(each => (NameOf(Deployment.Text(each!["identity"])), Deployment.Text(each["lifecycle"]))),
            ];

            Assert.Equal([own, "id-vod-pull-"], identities);
            Assert.Equal([(own, "All"), ("id-vod-pull-", "None")], lifecycles);
            Assert.Equal("id-vod-pull-", NameOf(Deployment.Text(Assert.Single(Configuration(found)["registries"]!.AsArray())!["identity"])));
        }

        static string NameOf(string id) => id[(id.LastIndexOf('/') + 1)..][..^13];
    }

    [BicepFact]
    public async Task Only_the_API_is_reached()
    {
        Assert.True(Configuration(await AppAsync("api"))["ingress"]!["external"]!.GetValue<bool>());
        Assert.False(Configuration(await AppAsync("api"))["ingress"]!["allowInsecure"]!.GetValue<bool>());
        Assert.Null(Configuration(await AppAsync("media"))["ingress"]);
    }

    /// <summary>docs/capacity.md says how long a run of FFmpeg may take before scaling in cuts it off.</summary>
    [BicepFact]
    public async Task What_a_run_may_take_before_it_is_cut_off_is_what_the_page_says()
    {
        JsonNode media = await AppAsync("media");
        int seconds = Scale(media)["cooldownPeriod"]!.GetValue<int>()
            + media["properties"]!["template"]!["terminationGracePeriodSeconds"]!.GetValue<int>();

        Assert.Equal(900, seconds);
        Assert.Contains($"{seconds} s", await File.ReadAllTextAsync(Repository.File("docs", "capacity.md")), StringComparison.Ordinal);
    }

    private static async Task<JsonNode> AppAsync(string name) => (await Deployment.Apps).One(ContainerApp, $"ca-vod-{name}-");

    private static JsonNode Configuration(JsonNode app) => app["properties"]!["configuration"]!;

    private static JsonNode Container(JsonNode app) => Assert.Single(app["properties"]!["template"]!["containers"]!.AsArray())!;

    private static JsonNode Scale(JsonNode app) => app["properties"]!["template"]!["scale"]!;
}
