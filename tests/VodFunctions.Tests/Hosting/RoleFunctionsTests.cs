using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VodFunctions.Hosting;
using VodFunctions.Tests.Support;
using Xunit;

namespace VodFunctions.Tests.Hosting;

/// <summary>What the worker reports to the host, by the app's settings.</summary>
public sealed class RoleFunctionsTests
{
    private const string ByEvent = "OnUpload";
    private const string ByScan = "OnUploadScan";

    private static readonly string[] s_media = ["MakeStills", "ProbeSource", "Transcode", "TranscodeAudio"];

    [Fact]
    public async Task The_media_app_reports_what_runs_FFmpeg_and_nothing_else() =>
        Assert.Equal(s_media, await ReportedAsync(AppRole.Media, UploadSource.EventGrid));

    [Fact]
    public async Task The_api_app_reports_all_the_rest() => Assert.Equal(
        Functions.All.Keys.Except(s_media).Except([ByScan]).Order(StringComparer.Ordinal),
        await ReportedAsync(AppRole.Api, UploadSource.EventGrid));

    [Theory]
    [InlineData(UploadSource.EventGrid, ByScan)]
    [InlineData(UploadSource.Scan, ByEvent)]
    public async Task One_app_alone_reports_everything_but_the_other_trigger_of_an_upload(UploadSource source, string other) =>
        Assert.Equal(
            Functions.All.Keys.Except([other]).Order(StringComparer.Ordinal), await ReportedAsync(AppRole.All, source));

    [Theory]
    [InlineData(UploadSource.EventGrid)]
    [InlineData(UploadSource.Scan)]
    public async Task The_two_apps_together_are_the_one_and_share_no_function(UploadSource source)
    {
        string[] api = await ReportedAsync(AppRole.Api, source);
        string[] media = await ReportedAsync(AppRole.Media, source);

        Assert.Empty(api.Intersect(media));
        Assert.Equal(await ReportedAsync(AppRole.All, source), api.Concat(media).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_settings_it_is_one_app_that_Event_Grid_tells_of_uploads() =>
        Assert.Equal(await ReportedAsync(AppRole.All, UploadSource.EventGrid), await ReportedAsync(WiredApp.Azure));

    /// <summary>The task hub hands the media app its activities only: whatever else it had would wait for the other app's work.</summary>
    [Fact]
    public async Task Nothing_that_starts_by_itself_and_no_orchestration_is_reported_by_the_media_app()
    {
        string[] media = await ReportedAsync(AppRole.Media, UploadSource.EventGrid);

        Assert.All(media, name => Assert.Contains(Functions.With<ActivityTriggerAttribute>(), activity => activity.Name == name));
    }

    /// <summary>Seen on a real host: the api app failed the first probe, the media app then the whole orchestration.</summary>
    [Theory]
    [InlineData(AppRole.All, true)]
    [InlineData(AppRole.Api, false)]
    [InlineData(AppRole.Media, false)]
    public async Task On_the_Azure_Storage_back_end_which_filters_nothing_only_All_starts(AppRole role, bool starts)
    {
        const string BackEnd = "AzureFunctionsJobHost:extensions:durableTask:storageProvider:type";
        await using ServiceProvider services =
            WiredApp.With([.. WiredApp.Azure, ("Vod:Role", $"{role}"), (BackEnd, "AzureStorage")]);
        IStartupValidator start = services.GetRequiredService<IStartupValidator>();

        if (starts)
        {
            start.Validate();
        }
        else
        {
            OptionsValidationException failure = Assert.Throws<OptionsValidationException>(start.Validate);
            Assert.Contains("Vod:Role", failure.Message, StringComparison.Ordinal);
        }
    }

    private static Task<string[]> ReportedAsync(AppRole role, UploadSource source) =>
        ReportedAsync([.. WiredApp.Azure, ("Vod:Role", $"{role}"), ("Vod:UploadSource", $"{source}")]);

    // By the worker's own manager: it is what answers the host.
    private static async Task<string[]> ReportedAsync((string Key, string? Value)[] settings)
    {
        await using ServiceProvider services = WiredApp.With(settings);
        IEnumerable<IFunctionMetadata> reported = await services.GetRequiredService<IFunctionMetadataManager>()
            .GetFunctionMetadataAsync(AppContext.BaseDirectory);
        return [.. reported.Select(function => function.Name!).Order(StringComparer.Ordinal)];
    }
}
