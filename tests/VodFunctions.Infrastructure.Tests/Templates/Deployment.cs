using System.Text.Json.Nodes;
using VodFunctions.Testing;

namespace VodFunctions.Infrastructure.Tests.Templates;

/// <summary>
/// What a template would deploy: a snapshot of the Bicep CLI, which compiles it to ARM JSON and evaluates that as Resource
/// Manager does. What only a deployment knows stays an expression. Each template is compiled once in a run.
/// </summary>
internal sealed class Deployment
{
    private const string Subscription = "00000000-0000-0000-0000-000000000001";

    private const string Required = """
        param environmentName = 'prod'
        param location = 'koreacentral'
        param authAuthority = 'https://login.example'

        """;

    private static readonly Lazy<Task<Deployment>> s_main = MainOf("""
        param siteDomain = 'videos.site.example'
        param deployerPrincipalId = '11111111-1111-1111-1111-111111111111'
        param budgetStart = '2026-11-01'
        param vnetEnabled = true
        param deployerIps = '203.0.113.7'
        """);

    private static readonly Lazy<Task<Deployment>> s_mainByDefault = MainOf("");

    private static readonly Lazy<Task<Deployment>> s_mainOnStorage = MainOf("param durableBackend = 'storage'\nparam vnetEnabled = true");

    private static readonly Lazy<Task<Deployment>> s_apps = AppsOf("");

    private static readonly Lazy<Task<Deployment>> s_appsOnStorage = AppsOf("param durableBackend = 'storage'");

    private readonly JsonArray _resources;

    private Deployment(string said, JsonNode snapshot) =>
        (Said, _resources, Diagnostics) = (said, snapshot["predictedResources"]!.AsArray(), snapshot["diagnostics"]!.AsArray());

    /// <summary>Everything but the apps, in a virtual network.</summary>
    public static Task<Deployment> Main => s_main.Value;

    /// <summary>The same with nothing set but what must be: no network, no domain, no budget, nobody who deploys.</summary>
    public static Task<Deployment> MainByDefault => s_mainByDefault.Value;

    /// <summary>The same where Azure Storage keeps the orchestrations (<c>durableBackend</c>), in a virtual network.</summary>
    public static Task<Deployment> MainOnStorage => s_mainOnStorage.Value;

    /// <summary>The two apps.</summary>
    public static Task<Deployment> Apps => s_apps.Value;

    /// <summary>The one app where Azure Storage keeps the orchestrations.</summary>
    public static Task<Deployment> AppsOnStorage => s_appsOnStorage.Value;

    /// <summary>Every deployment of these, by a name for messages.</summary>
    public static IReadOnlyDictionary<string, Func<Task<Deployment>>> Every { get; } = new Dictionary<string, Func<Task<Deployment>>>
    {
        ["main"] = () => Main,
        ["main by default"] = () => MainByDefault,
        ["main on storage"] = () => MainOnStorage,
        ["apps"] = () => Apps,
        ["apps on storage"] = () => AppsOnStorage,
    };

    /// <summary>What the compiler said.</summary>
    public string Said { get; }

    /// <summary>What could not be evaluated ahead: a preview (what-if) would not show it either.</summary>
    public JsonArray Diagnostics { get; }

    /// <summary>All resources of a type, in the order of the templates.</summary>
    public IReadOnlyList<JsonNode> All(string type) =>
        [.. _resources.OfType<JsonNode>().Where(resource => Text(resource["type"]) == type)];

    /// <summary>The one resource of a type whose name contains a text.</summary>
    public JsonNode One(string type, string name = "") =>
        All(type).Single(resource => Text(resource["name"]).Contains(name, StringComparison.Ordinal));

    /// <summary>A string of the document; empty where there is none.</summary>
    public static string Text(JsonNode? node) => node?.ToString() ?? "";

    private static Lazy<Task<Deployment>> MainOf(string parameters) => new(() => OfAsync("main", [], Required + parameters));

    private static Lazy<Task<Deployment>> AppsOf(string parameters) => new(() => OfAsync(
        "apps", ["--resource-group", "rg-vod-prod"],
        $"{Required}param image = 'registry.example/vod:1'\nparam authAudience = 'vod'\n{parameters}"));

    private static async Task<Deployment> OfAsync(string template, string[] arguments, string parameters)
    {
        // The snapshot is written beside its parameters, so both get a folder of their own.
        string folder = Directory.CreateTempSubdirectory("vod-bicep-").FullName;
        try
        {
            string relative = Path.GetRelativePath(folder, Repository.File("bicep", $"{template}.bicep"));
            await File.WriteAllTextAsync(Path.Combine(folder, $"{template}.bicepparam"), $"using '{relative}'\n{parameters}\n");
            string said = await BicepCli.RunAsync(folder,
                ["snapshot", $"{template}.bicepparam", "--subscription-id", Subscription, "--location", "koreacentral", .. arguments]);
            return new Deployment(said, JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, $"{template}.snapshot.json")))!);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
