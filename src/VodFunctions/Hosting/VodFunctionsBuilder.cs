using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using VodFunctions.Api;
using VodFunctions.BlobStorage;
using VodFunctions.Core;
using VodFunctions.Core.Health;
using VodFunctions.Core.Json;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Publishing;
using VodFunctions.Durable;
using VodFunctions.FFmpeg;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.Media;
using VodFunctions.Notifications;
using VodFunctions.Playback;

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
        builder.UseMiddleware<DurableClientMiddleware>();
        services.AddSingleton<IOrchestrationClient, DurableOrchestrationClient>();
        // What travels through the engine is Core's JSON: the durable extension takes its converter from here.
        services.Configure<WorkerOptions>(options => options.Serializer = new JsonObjectSerializer(VodJson.Options));

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
        // As text: a wrong value is the validator's to name.
        if (configuration[$"{FunctionsOptions.Section}:{nameof(FunctionsOptions.Role)}"] != nameof(AppRole.Api))
        {
            services.AddSingleton<IReadinessCheck, MediaToolsReadiness>();
        }

        services.AddHostedService<WorkFolderPreparation>();
        services.AddHostedService<StoragePreparation>();
        services.AddVodWebPubSub(configuration);
        return builder.AddFrontDoor();
    }

    private static FunctionsApplicationBuilder AddFrontDoor(this FunctionsApplicationBuilder builder)
    {
        builder.Services.AddOptions<FrontDoorOptions>().Bind(builder.Configuration.GetSection(FrontDoorOptions.Section));
        builder.Services.AddSingleton<IMediaCachePurge>(provider => new FrontDoorCachePurge(
            new HttpClient { Timeout = TimeSpan.FromSeconds(30) },
            AppIdentity.Create(builder.Configuration["Vod:Storage:ManagedIdentityClientId"]),
            provider.GetRequiredService<IOptions<FrontDoorOptions>>(),
            provider.GetRequiredService<IOptions<Core.Settings.VodOptions>>()));
        return builder;
    }

    private static bool IsAzureStorage(string? backEnd) =>
        string.Equals(backEnd, "azureStorage", StringComparison.OrdinalIgnoreCase);
}
