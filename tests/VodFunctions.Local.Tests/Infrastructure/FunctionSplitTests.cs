using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Api.Endpoints;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.Core;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Processing;
using VodFunctions.Local.Tests.Hosting;
using Xunit;

namespace VodFunctions.Local.Tests.Infrastructure;

/// <summary>Which functions run in which container app. All are in the image; settings switch off what an app does not run.</summary>
public sealed class FunctionSplitTests
{
    private const string UploadEvent = "OnUpload";
    private const string UploadScan = "OnUploadScan";

    private static readonly string[] s_triggers = [UploadEvent, UploadScan, "SweepTimer", "UnknownPath"];

    private static readonly ActivityDefinition[] s_activities =
    [
        .. new ServiceCollection().AddVodCore(new ConfigurationBuilder().Build()).BuildServiceProvider()
            .GetServices<ActivityDefinition>(),
    ];

    private static readonly string[] s_functions =
    [
        .. VodEndpoints.All.Select(endpoint => endpoint.Name), .. s_triggers, ProcessVideoNames.Orchestration,
        .. s_activities.Select(activity => activity.Name),
    ];

    /// <summary>Every function of the image.</summary>
    internal static IReadOnlyList<string> Functions => s_functions;

    [Fact]
    public void Every_function_that_is_switched_off_exists()
    {
        string[] off = [.. AppSettings.Lists.Values.SelectMany(list => list).Select(setting => setting.DisabledFunction).OfType<string>()];

        Assert.NotEmpty(off);
        Assert.Empty(off.Except(s_functions));
    }

    [Fact]
    public void A_name_that_switches_off_is_written_the_one_way_that_the_host_knows() => Assert.DoesNotContain(
        AppSettings.Lists.Values.SelectMany(list => list),
        setting => setting.Name.Contains("Disabled", StringComparison.Ordinal) && setting.DisabledFunction is null);

    [Fact]
    public void The_media_app_runs_the_media_activities_and_nothing_else() => Assert.Equal(
        Named(s_activities.Where(activity => activity.Load == ActivityLoad.Media)), Running("media", "scheduler"));

    [Fact]
    public void The_api_app_runs_all_the_rest_but_the_scan() => Assert.Equal(
        s_functions.Except(Named(s_activities.Where(activity => activity.Load == ActivityLoad.Media))).Except([UploadScan])
            .Order(StringComparer.Ordinal),
        Running("api", "scheduler"));

    [Fact]
    public void With_one_queue_for_all_one_app_runs_everything_but_the_scan() => Assert.Equal(
        s_functions.Except([UploadScan]).Order(StringComparer.Ordinal), Running("api", "storage"));

    [Fact]
    public void The_containers_that_are_made_are_those_that_the_product_uses()
    {
        string main = File.ReadAllText(Repository.File("bicep", "main.bicep"));

        Assert.Equal("media", VodContainers.MediaName);
        Assert.Contains("var mediaContainer = 'media'", main, StringComparison.Ordinal);
        Assert.Contains(
            $"containers: ['{VodContainers.UploadsName}', mediaContainer, '{VodContainers.StateName}', siteContainer]", main,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_event_subscription_calls_the_function_that_takes_events()
    {
        string hook = File.ReadAllText(Repository.File("bicep", "hooks", "postdeploy.sh"));
        string subscription = File.ReadAllText(Repository.File("bicep", "event-subscription.bicep"));

        Assert.Contains($"functionName=Host.Functions.{UploadEvent}&", hook, StringComparison.Ordinal);
        Assert.Contains($"/containers/{VodContainers.UploadsName}/blobs/'", subscription, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Running(string app, string backend) => s_functions
        .Except(AppSettings.Of(app, backend).Select(setting => setting.DisabledFunction).OfType<string>())
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Named(IEnumerable<ActivityDefinition> activities) =>
        activities.Select(activity => activity.Name).Order(StringComparer.Ordinal);
}
