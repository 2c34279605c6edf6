using System.Text.Json.Nodes;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Settings;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Local.Tests.FunctionsApp;

/// <summary>host.json of the Functions app, which the host reads without a word about what it does not know.</summary>
public sealed class HostJsonTests
{
    private static readonly string s_text = File.ReadAllText(Repository.File("host.json"));

    private static JsonNode Durable => JsonNode.Parse(s_text)!["extensions"]!["durableTask"]!;

    [Fact]
    public void Every_setting_stands_where_it_is_read() => Assert.Empty(HostSettings.MistakesIn(s_text));

    [Theory]
    [InlineData("logging")]
    [InlineData("")]
    [InlineData("extensions:blobs")]
    public void Durable_settings_in_another_place_are_found(string place)
    {
        JsonNode moved = JsonNode.Parse(s_text)!;
        JsonNode durable = moved["extensions"]!["durableTask"]!;
        moved["extensions"]!.AsObject().Remove("durableTask");
        JsonNode target = place.Split(':', StringSplitOptions.RemoveEmptyEntries).Aggregate(moved, (node, name) => node[name]!);
        target["durableTask"] = durable;

        Assert.Equal(
            [$"{(place.Length == 0 ? "" : place + ":")}durableTask: nothing reads it there."],
            HostSettings.MistakesIn(moved.ToJsonString()));
    }

    [Theory]
    [InlineData("maxConcurrentActivities", "4")]
    [InlineData("maxConcurrentActivityFunctions", "\"four\"")]
    [InlineData("maxConcurrentActivityFunctions", "0")]
    [InlineData("maxQueuePollingInterval", "\"00:00:02\"")]
    [InlineData("overridableExistingInstanceStates", "\"AnyState\"")]
    [InlineData("versionMatchStrategy", "\"Older\"")]
    [InlineData("versionFailureStrategy", "\"Wait\"")]
    public void A_wrong_name_place_or_value_is_found(string name, string value)
    {
        JsonNode changed = JsonNode.Parse(s_text)!;
        changed["extensions"]!["durableTask"]![name] = JsonNode.Parse(value);

        Assert.StartsWith(
            $"extensions:durableTask:{name}: ", Assert.Single(HostSettings.MistakesIn(changed.ToJsonString())), StringComparison.Ordinal);
    }

    [Fact]
    public void An_instance_that_runs_is_never_replaced_by_a_host_that_knows_no_other_way_to_say_so() =>
        Assert.Equal("NonRunningStates", (string?)Durable["overridableExistingInstanceStates"]);

    /// <summary>
    /// In a rollout old containers meet new instances: rejected, those wait for a new container; with <c>Fail</c> they would
    /// end (<c>VersionTests</c> of the app).
    /// </summary>
    [Fact]
    public void Instances_begin_with_the_codes_version_and_newer_ones_are_left_to_newer_containers() => Assert.Equal(
        (ProcessVideoNames.Version, "CurrentOrOlder", "Reject"),
        ((string?)Durable["defaultVersion"], (string?)Durable["versionMatchStrategy"], (string?)Durable["versionFailureStrategy"]));

    [Fact]
    public void The_task_hub_is_a_setting_so_that_both_apps_share_one() => Assert.Equal("%TASKHUB_NAME%", (string?)Durable["hubName"]);

    /// <summary>Else the scheduler hands a transcode to the app that has no such function, which fails it.</summary>
    [Fact]
    public void Each_app_is_handed_only_the_work_that_it_has_functions_for() =>
        Assert.True((bool?)Durable["storageProvider"]!["workItemFilteringEnabled"]);

    [Fact]
    public void The_app_settings_that_it_names_are_in_the_READMEs_table() => Assert.All(
        [((string)Durable["hubName"]!).Trim('%'), (string)Durable["storageProvider"]!["connectionStringName"]!],
        name => Assert.True(AppSettings.Contains(name), name));

    [Fact]
    public void No_activity_is_ended_by_the_host_before_it_ends_itself()
    {
        var transcoding = new VodOptions();
        TimeSpan most = TimeSpan.FromTicks(Math.Max(
            (long)(transcoding.Limits.MaxDuration.Ticks * transcoding.Transcoding.WallTimeFactor),
            transcoding.Transcoding.MinWallTime.Ticks));

        Assert.True(TimeSpan.Parse((string)JsonNode.Parse(s_text)!["functionTimeout"]!) > most, $"The longest run takes {most}.");
    }
}
