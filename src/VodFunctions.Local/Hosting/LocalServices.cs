using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VodFunctions.Api;
using VodFunctions.Api.Auth;
using VodFunctions.Api.Settings;
using VodFunctions.BlobStorage;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.Core;
using VodFunctions.Core.Health;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Videos;
using VodFunctions.FFmpeg;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.FFmpeg.Transcoding;
using VodFunctions.Local.Durable;
using VodFunctions.Local.Maintenance;
using VodFunctions.Local.Tokens;
using VodFunctions.Local.Uploads;

namespace VodFunctions.Local.Hosting;

/// <summary>What makes the one-machine host whole: Core and its adapters, the embedded runner, the watcher and the sweep.</summary>
public static class LocalServices
{
    /// <summary>Registers the pipeline and the API. The data folder comes first: <see cref="LocalHost.AddVodDataFolder"/>.</summary>
    public static IServiceCollection AddVodPipeline(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddVodCore(configuration).AddVodBlobStorage(configuration).AddVodFFmpeg();
        services.AddOptions<VodOptions>().PostConfigure<DataFolder>((options, folder) =>
            options.Transcoding.WorkFolder ??= folder.Folder("work"));
        services.AddVodOwnOrigins(configuration);
        services.AddEmbeddedDurableRunner(_ => { });
        services.AddOptions<DurableRunnerOptions>().Configure<DataFolder>((options, folder) =>
            options.DataFolder = folder.Folder("journal"));
        services.TryAddSingleton<IMediaCachePurge, NoMediaCache>();

        if (!HasIssuer(configuration))
        {
            services.AddSingleton<ITokenKeys, DevelopmentTokenKeys>();
        }

        services.AddVodApi();
        services.AddSingleton<IReadinessCheck, StorageReadiness>();
        services.AddSingleton<IReadinessCheck, MediaToolsReadiness>();
        return services.AddHostedService<BlobWatcher>().AddHostedService<SweepService>();
    }

    /// <summary>Whether users sign in at an issuer of the site's own; else this host signs tokens for whoever is here.</summary>
    public static bool HasIssuer(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration[$"{AuthOptions.Section}:{nameof(AuthOptions.Authority)}"]);

    /// <summary>Sets up containers and CORS and clears what a killed run left, before anything looks for work.</summary>
    /// <exception cref="StartException">The storage does not answer.</exception>
    public static async Task PrepareAsync(this WebApplication app)
    {
        app.Services.GetService<WorkFolderLeftovers>()?.Remove();
        try
        {
            await app.Services.GetRequiredService<StorageInitializer>().InitializeAsync(app.Lifetime.ApplicationStopping);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OptionsValidationException))
        {
            throw new StartException("The storage does not answer: see Vod:Storage:ConnectionString.", exception);
        }
    }

    /// <summary>One machine has no CDN.</summary>
    private sealed class NoMediaCache : IMediaCachePurge
    {
        public Task PurgeAsync(VideoId videoId, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
