using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Api.Endpoints;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.Core;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Processing;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Apps;

/// <summary>
/// Which functions run in which container app. All are in the image; an app's role says which of them it reports to the host
/// (tests of the app itself say which those are).
/// </summary>
public sealed class FunctionSplitTests
{
    private const string UploadEvent = "OnUpload";

    private static readonly string[] s_triggers = [UploadEvent, "OnUploadScan", "SweepTimer", "UnknownPath"];

    private static readonly ActivityName[] s_activities =
    [
        .. new ServiceCollection().AddVodCore(new ConfigurationBuilder().Build()).BuildServiceProvider()
            .GetServices<ActivityName>(),
    ];

    private static readonly string[] s_functions =
    [
        .. VodEndpoints.All.Select(endpoint => endpoint.Name), .. s_triggers, ProcessVideoNames.Orchestration,
        .. s_activities.Select(activity => activity.Name),
    ];

    /// <summary>Every function of the image.</summary>
    internal static IReadOnlyList<string> Functions => s_functions;

    [Theory]
    [InlineData("api", "scheduler", "Api")]
    [InlineData("media", "scheduler", "Media")]
    [InlineData("api", "storage", "All")]
    public void Each_app_has_its_role_and_with_one_queue_for_all_one_app_has_every(string app, string backend, string role) =>
        Assert.Equal($"'{role}'", Assert.Single(AppSettings.Of(app, backend), setting => setting.Name == "Vod__Role").Value);

    [Fact]
    public void Uploads_are_told_of_by_Event_Grid() => Assert.Contains(
        new AppSetting("Vod__UploadSource", "'EventGrid'"), AppSettings.Lists["product"]);

    /// <summary>A disabled function is still one that the durable extension knows.</summary>
    [Fact]
    public void No_function_is_switched_off_by_the_host() => Assert.DoesNotContain(
        AppSettings.Lists.Values.SelectMany(list => list),
        setting => setting.Name.EndsWith("Disabled", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void The_containers_that_are_made_are_those_that_the_product_uses()
    {
        string main = File.ReadAllText(Repository.File("bicep", "main.bicep"));

        Assert.Equal("media", VodContainers.MediaName);
        Assert.Contains(
            "var mediaContainer = 'media'", File.ReadAllText(Repository.File("bicep", "modules", "names.bicep")), StringComparison.Ordinal);
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
}
