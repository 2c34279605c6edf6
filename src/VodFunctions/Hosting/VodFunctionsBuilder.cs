using Azure.Core;
using Azure.Identity;
using Azure.Messaging.WebPubSub;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VodFunctions.Api;
using VodFunctions.BlobStorage;
using VodFunctions.Core;
using VodFunctions.Core.Health;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Publishing;
using VodFunctions.Durable;
using VodFunctions.FFmpeg;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.Media;
using VodFunctions.Notifications;
using VodFunctions.Playback;
using VodFunctions.Processing;

namespace VodFunctions.Hosting;

/// <summary>What makes the app whole: Core and the adapters of Azure.</summary>
internal static class VodFunctionsBuilder
{
    /// <summary>How app settings name <c>host.json</c>'s back end of the task hub; there it is the scheduler.</summary>
    private const string BackEnd = "AzureFunctionsJobHost:extensions:durableTask:storageProvider:type";

    public static FunctionsApplicationBuilder AddVodFunctions(this FunctionsApplicationBuilder builder)
    {
        ConfigurationManager configuration = builder.Configuration;
        IServiceCollection services = builder.Services;
        services.AddVodCore(configuration).AddVodBlobStorage(configuration).AddVodTelemetry(configuration);

        services.AddSingleton<SystemMediaProcessLauncher>();
        services.AddSingleton<IMediaProcessLauncher, FFMpegCoreLauncher>();
        services.AddVodFFmpeg();

        services.AddSingleton<DurableClientAccessor>();
        services.AddSingleton<IOrchestrationClient, DurableOrchestrationClient>();
        services.AddSingleton<ActivityRunner>();

        services.AddOptions<FunctionsOptions>().Bind(configuration.GetSection(FunctionsOptions.Section))
            .ValidateDataAnnotations()
            .Validate(
                options => options.Role == AppRole.All || !IsAzureStorage(configuration[BackEnd]),
                "Vod:Role must be All on the Azure Storage back end: there an app takes any work of its task hub, and fails "
                + "what it has no function for.")
            .ValidateOnStart();
        services.AddSingleton<IFunctionMetadataTransformer, RoleFunctions>();

        services.AddVodApi();
        services.AddSingleton<IReadinessCheck, StorageReadiness>();
        services.AddHostedService<StoragePreparation>();
        return builder.AddWebPubSub().AddFrontDoor();
    }

    private static FunctionsApplicationBuilder AddWebPubSub(this FunctionsApplicationBuilder builder)
    {
        IConfigurationSection section = builder.Configuration.GetSection(WebPubSubOptions.Section);
        builder.Services.AddOptions<WebPubSubOptions>().Bind(section)
            .Configure(options => options.ConnectionString ??= section.Value)
            .ValidateDataAnnotations()
            .Validate(
                options => options.Endpoint is not null || !string.IsNullOrEmpty(options.ConnectionString),
                "VodWebPubSub is missing: a connection string, or VodWebPubSub__Endpoint.")
            .ValidateOnStart();
        builder.Services.AddSingleton(provider =>
        {
            WebPubSubOptions options = provider.GetRequiredService<IOptions<WebPubSubOptions>>().Value;
            return options.Endpoint is { } endpoint
                ? new WebPubSubServiceClient(endpoint, options.Hub, Identity(options.ClientId))
                : new WebPubSubServiceClient(options.ConnectionString, options.Hub);
        });
        builder.Services.AddSingleton<INotificationChannel, WebPubSubNotificationChannel>();
        return builder;
    }

    private static FunctionsApplicationBuilder AddFrontDoor(this FunctionsApplicationBuilder builder)
    {
        builder.Services.AddOptions<FrontDoorOptions>().Bind(builder.Configuration.GetSection(FrontDoorOptions.Section));
        builder.Services.AddSingleton<IMediaCachePurge>(provider => new FrontDoorCachePurge(
            new HttpClient { Timeout = TimeSpan.FromSeconds(30) },
            Identity(builder.Configuration["Vod:Storage:ManagedIdentityClientId"]),
            provider.GetRequiredService<IOptions<FrontDoorOptions>>(),
            provider.GetRequiredService<IOptions<Core.Settings.VodOptions>>()));
        return builder;
    }

    private static bool IsAzureStorage(string? backEnd) =>
        string.Equals(backEnd, "azureStorage", StringComparison.OrdinalIgnoreCase);

    // A named identity is used alone: falling back to another one would hide a wrong setting.
    private static TokenCredential Identity(string? clientId) => string.IsNullOrWhiteSpace(clientId)
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
}
