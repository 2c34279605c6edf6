using System.Text.Json;
using System.Text.RegularExpressions;
using VodFunctions.Local.Tests.Documentation;
using VodFunctions.Local.Tokens;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Local.Tests.FunctionsApp;

/// <summary>local.settings.sample.json: what a tester copies to run the Functions app beside <c>./dev emulators</c>.</summary>
public sealed partial class LocalSettingsSampleTests
{
    private const string HostPrefix = "AzureFunctionsJobHost__";

    private static readonly JsonElement s_sample =
        JsonDocument.Parse(File.ReadAllText(Repository.File("local.settings.sample.json"))).RootElement;

    private static readonly SortedDictionary<string, string> s_values = new(
        s_sample.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!),
        StringComparer.Ordinal);

    public static TheoryData<string> Names { get; } = [.. s_values.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_value_is_a_setting_that_exists(string name)
    {
        SortedDictionary<string, string> settings = SettingsOf.All();
        bool exists = name switch
        {
            _ when name.StartsWith("Vod__", StringComparison.Ordinal) =>
                settings.ContainsKey(Index().Replace(name.Replace("__", ":", StringComparison.Ordinal), ":n"))
                    || AppSettings.Contains(name),
            _ when name.StartsWith(HostPrefix, StringComparison.Ordinal) =>
                HostSettings.Knows(name[HostPrefix.Length..].Replace("__", ":", StringComparison.Ordinal)),
            "FUNCTIONS_WORKER_RUNTIME" => s_values[name] == "dotnet-isolated",
            _ => AppSettings.Contains(name),
        };

        Assert.True(exists, $"{name} is no setting.");
    }

    [Fact]
    public void No_secret_is_in_it() => Assert.All(s_values, value => Assert.False(
        Secret().IsMatch(value.Value), $"{value.Key} looks like a secret."));

    [Fact]
    public void What_the_emulators_print_and_the_app_needs_is_there_for_the_port_that_they_take()
    {
        string url = $"http://localhost:{EmulatorsPort()}";

        Assert.Equal(url, s_values["Vod__Auth__Authority"]);
        Assert.Equal(DevelopmentTokens.Audience, s_values["Vod__Auth__Audience"]);
        Assert.Equal($"{url}/media", s_values["Vod__PlaybackOrigin"]);
        Assert.Contains("./dev emulators", s_values["VodWebPubSub"], StringComparison.Ordinal);
        Assert.NotEqual(url, $"http://localhost:{s_sample.GetProperty("Host").GetProperty("LocalHttpPort").GetInt32()}");
    }

    [Fact]
    public void One_app_runs_everything_and_finds_uploads_by_a_scan()
    {
        Assert.Equal("Scan", s_values["Vod__UploadSource"]);
        Assert.DoesNotContain("Vod__Role", s_values.Keys);
        Assert.DoesNotContain(s_values.Keys, name => name.EndsWith(".Disabled", StringComparison.Ordinal));
    }

    // As readOptions(args, { port: 7072, data: '.data' }) below "emulators" in the verbs of ./dev.
    private static string EmulatorsPort() => Regex.Match(
        File.ReadAllText(Repository.File("tools", "dev", "main.mjs")), @"async emulators\(args\) \{\s*const \w+ = readOptions\(args, \{ port: (\d+)")
        .Groups[1].Value;

    [GeneratedRegex(@":\d+")]
    private static partial Regex Index();

    [GeneratedRegex("Key=|sig=|Signature=|Password|[A-Za-z0-9+/]{32,}", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
