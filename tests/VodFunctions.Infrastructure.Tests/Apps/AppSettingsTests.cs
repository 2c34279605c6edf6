using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VodFunctions.Api;
using VodFunctions.BlobStorage;
using VodFunctions.Core;
using VodFunctions.Local.Tests.Documentation;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Apps;

/// <summary>What the templates give the Functions app against what the app reads, both ways.</summary>
public sealed partial class AppSettingsTests
{
    /// <summary>Settings of the Functions host, of its extensions and of the container, which no options class of ours knows.</summary>
    private static readonly string[] s_host =
    [
        "ASPNETCORE_URLS",
        "FUNCTIONS_EXTENSION_VERSION",
        "FUNCTIONS_WORKER_RUNTIME",
        "AzureWebJobsStorage__accountName",
        "AzureWebJobsStorage__credential",
        "AzureWebJobsStorage__clientId",
        "AzureWebJobsSecretStorageType",
        "AzureFunctionsWebHost__hostid",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "TASKHUB_NAME",
        "AzureFunctionsJobHost__extensions__durableTask__storageProvider__type",
        "AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName",
        "VodStorage__blobServiceUri",
        "VodStorage__queueServiceUri",
        "VodStorage__credential",
        "VodStorage__clientId",
    ];

    /// <summary>Settings of the options classes of the Functions app itself, which is not built everywhere.</summary>
    private static readonly string[] s_functionsApp =
        [
        "VodWebPubSub__Endpoint", "VodWebPubSub__ClientId", "VodWebPubSub__Hub", "Vod__FrontDoor__EndpointId",
        "Vod__FrontDoor__HostName", "Vod__Role", "Vod__UploadSource",
    ];

    /// <summary>Read by the host only where they are needed.</summary>
    private static readonly string[] s_sometimes =
    [
        "DURABLE_TASK_SCHEDULER_CONNECTION_STRING",
        "AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions",
        "WEBSITE_HOSTNAME",
    ];

    public static TheoryData<string, string> Apps { get; } =
        new() { { "api", "scheduler" }, { "media", "scheduler" }, { "api", "storage" } };

    [Theory]
    [MemberData(nameof(Apps))]
    public void Every_setting_that_is_given_is_one_that_is_read(string app, string backend)
    {
        HashSet<string> read =
        [
            .. SettingsOf.All().Keys
                .Where(name => !name.StartsWith("Vod:Local:", StringComparison.Ordinal))
                .Where(name => !name.StartsWith("Vod:WebPubSub:", StringComparison.Ordinal))
                .Select(name => name.Replace(":", "__", StringComparison.Ordinal)),
            .. s_host, .. s_functionsApp, .. s_sometimes,
        ];

        string[] given =
        [
            .. AppSettings.Of(app, backend)
                .Select(setting => Number().Replace(setting.Name, "__n")),
        ];

        Assert.Empty(given.Except(read));
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public void Every_setting_that_the_host_and_the_app_need_is_given_once(string app, string backend)
    {
        string[] given = [.. AppSettings.Of(app, backend).Select(setting => setting.Name)];

        Assert.Equal(given.Distinct(), given);
        Assert.Empty(s_host.Concat(s_functionsApp).Except(given));
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public void The_product_starts_with_the_settings_that_are_given(string app, string backend) =>
        Validate(AppSettings.Of(app, backend));

    [Theory]
    [InlineData("Vod__Storage__BlobServiceUri")]
    [InlineData("Vod__Auth__Authority")]
    [InlineData("Vod__Auth__Audience")]
    public void Without_a_required_setting_it_would_not_start(string name) =>
        Assert.ThrowsAny<OptionsValidationException>(() =>
            Validate([.. AppSettings.Of("api", "scheduler").Where(setting => setting.Name != name)]));

    [Theory]
    [InlineData("api", "scheduler", "azureManaged", "DURABLE_TASK_SCHEDULER_CONNECTION_STRING")]
    [InlineData("media", "scheduler", "azureManaged", "DURABLE_TASK_SCHEDULER_CONNECTION_STRING")]
    [InlineData("api", "storage", "AzureStorage", "AzureWebJobsStorage")]
    public void The_back_end_is_the_one_that_was_chosen(string app, string backend, string type, string connection)
    {
        Dictionary<string, string> given = AppSettings.Of(app, backend).ToDictionary(setting => setting.Name, setting => setting.Value);
        const string provider = "AzureFunctionsJobHost__extensions__durableTask__storageProvider__";

        Assert.Equal($"'{type}'", given[$"{provider}type"]);
        Assert.Equal($"'{connection}'", given[$"{provider}connectionStringName"]);
        Assert.Equal(backend == "scheduler", given.ContainsKey("DURABLE_TASK_SCHEDULER_CONNECTION_STRING"));
    }

    [Fact]
    public void The_app_that_transcodes_takes_one_activity_at_a_time() => Assert.Contains(
        new AppSetting("AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions", "'1'"),
        AppSettings.Of("media", "scheduler"));

    [Theory]
    [MemberData(nameof(Apps))]
    public void A_host_keeps_its_keys_where_they_outlive_its_container_and_under_a_name_of_its_own(string app, string backend)
    {
        Assert.Contains(new AppSetting("AzureWebJobsSecretStorageType", "'blob'"), AppSettings.Of(app, backend));
        Assert.Contains(new AppSetting("AzureFunctionsWebHost__hostid", $"hostIds.{app}"), AppSettings.Of(app, backend));
    }

    [Theory]
    [InlineData("api", "scheduler", true)]
    [InlineData("media", "scheduler", false)]
    [InlineData("api", "storage", true)]
    public void The_app_that_is_reached_has_a_name_and_answers_behind_Front_Door_only(string app, string backend, bool reached)
    {
        Assert.Equal(reached, AppSettings.Of(app, backend).Contains(new AppSetting("WEBSITE_HOSTNAME", "site.apiHost")));
        Assert.Equal(reached, AppSettings.Of(app, backend).Contains(new AppSetting("Vod__Api__FrontDoorId", "site.frontDoorId")));
    }

    [Theory]
    [InlineData("api", "scheduler", false)]
    [InlineData("media", "scheduler", true)]
    [InlineData("api", "storage", true)]
    public void Where_FFmpeg_runs_it_must_be_isolated(string app, string backend, bool required) => Assert.Equal(
        required, AppSettings.Of(app, backend).Contains(new AppSetting("Vod__Transcoding__RequireIsolation", "'Secrets'")));

    [Fact]
    public void No_setting_holds_a_key() => Assert.DoesNotContain(
        AppSettings.Lists.Values.SelectMany(list => list),
        setting => setting.Value.Contains("listKeys", StringComparison.OrdinalIgnoreCase)
            || setting.Value.Contains("AccountKey", StringComparison.OrdinalIgnoreCase)
            || setting.Value.Contains("AccessKey", StringComparison.OrdinalIgnoreCase));

    // The options classes' own checks, on what the container would get.
    private static void Validate(IEnumerable<AppSetting> settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(
                setting => setting.Name.Replace("__", ":", StringComparison.Ordinal), Sample))
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        services.AddVodCore(configuration).AddVodBlobStorage(configuration).AddVodApi();
        using ServiceProvider provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }

    // What an expression of the template could come to.
    private static string? Sample(AppSetting setting) => setting.Value switch
    {
        ['\'', .. var literal, '\''] => literal,
        "site.blobServiceUri" => "https://account.blob.core.windows.net",
        "identityClientId" => "4f0a2b0e-3f8e-4a64-9b3e-7d1b0d5d6a11",
        "site.playbackOrigin" => "https://vod.azurefd.net",
        "site.authAuthority" => "https://login.example",
        "site.authAudience" => "vod",
        "site.authRoleClaim" => "https://vod.example/roles",
        "site.timeZone" => "Asia/Seoul",
        "string(site.ffmpegMemoryBytes)" => "3221225472",
        "site.frontDoorId" => "3e9c1f0a-6a0e-4f1b-9c55-0c1f6f1f7a11",
        _ when setting.Name.StartsWith("Vod__FrontDoor__", StringComparison.Ordinal) => "/subscriptions/1",
        _ when setting.Name.StartsWith("Vod__", StringComparison.Ordinal) =>
            throw new InvalidOperationException($"No sample for {setting.Value}."),
        _ => "of the host",
    };

    [GeneratedRegex("__[0-9]+(?=__|$)")]
    private static partial Regex Number();
}
