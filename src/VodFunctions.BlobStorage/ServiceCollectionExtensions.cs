using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.BlobStorage.Documents;
using VodFunctions.BlobStorage.Feeds;
using VodFunctions.BlobStorage.Listing;
using VodFunctions.BlobStorage.Maintenance;
using VodFunctions.BlobStorage.Notifications;
using VodFunctions.BlobStorage.Publishing;
using VodFunctions.BlobStorage.Settings;
using VodFunctions.BlobStorage.Uploads;
using VodFunctions.BlobStorage.Videos;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage;

/// <summary>Registers the storage.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds every storage port of Core on Azure Blob Storage, <see cref="StorageInitializer"/> (to be run at start) and
    /// <see cref="StorageHealth"/>. Settings: section <see cref="StorageOptions.Section"/>.
    /// </summary>
    /// <param name="services">The host's services, with logging.</param>
    /// <param name="configuration">The host's whole configuration.</param>
    public static IServiceCollection AddVodBlobStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BlobServiceClient>(provider =>
            BlobClientSettings.CreateClient(provider.GetRequiredService<IOptions<StorageOptions>>().Value));
        services.TryAddSingleton<VodContainers>();
        services.TryAddSingleton<StorageInitializer>();
        services.TryAddSingleton<StorageHealth>();
        services.TryAddSingleton<StateDocuments>();
        services.TryAddSingleton<NewestFirstIndex>();
        services.TryAddSingleton<FeedMemory>();
        services.TryAddSingleton<DelegationKeyCache>();
        services.TryAddSingleton<UploadUrlSigner>();
        services.TryAddSingleton<IVideoRecords, BlobVideoRecords>();
        services.TryAddSingleton<IPseudonymKey, BlobPseudonymKey>();
        services.TryAddSingleton<IUploadStore, BlobUploadStore>();
        services.TryAddSingleton<IUploadQuota, BlobUploadQuota>();
        services.TryAddSingleton<IMarkers, BlobMarkers>();
        services.TryAddSingleton<IFeedStore, BlobFeedStore>();
        services.TryAddSingleton<INoticeIndex, BlobNoticeIndex>();
        services.TryAddSingleton<IMediaStore, BlobMediaStore>();
        services.TryAddSingleton<IWorkStore, BlobWorkStore>();
        return services;
    }
}
