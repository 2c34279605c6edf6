using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using VodFunctions.BlobStorage.Settings;

namespace VodFunctions.BlobStorage.Containers;

/// <summary>Makes the one client of the process.</summary>
internal static class BlobClientSettings
{
    public static BlobServiceClient CreateClient(StorageOptions options)
    {
        BlobClientOptions client = CreateOptions();
        return string.IsNullOrWhiteSpace(options.ConnectionString)
            ? new BlobServiceClient(options.BlobServiceUri, CreateCredential(options), client)
            : new BlobServiceClient(options.ConnectionString, client);
    }

    /// <summary>
    /// A try that stalls is given up after 30 s (the SDK's own limit is 100 s, six times over); five tries in all, so that
    /// a call ends within about three minutes whatever the storage does, and an activity's own retry takes over.
    /// </summary>
    public static BlobClientOptions CreateOptions() => new()
    {
        Retry =
        {
            Mode = RetryMode.Exponential,
            MaxRetries = 4,
            Delay = TimeSpan.FromMilliseconds(400),
            MaxDelay = TimeSpan.FromSeconds(5),
            NetworkTimeout = TimeSpan.FromSeconds(30),
        },
        Diagnostics = { ApplicationId = "VodFunctions", IsLoggingContentEnabled = false },
    };

    // A named identity is used alone: falling back to another one would hide a wrong setting.
    private static TokenCredential CreateCredential(StorageOptions options) =>
        string.IsNullOrWhiteSpace(options.ManagedIdentityClientId)
            ? new DefaultAzureCredential()
            : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(options.ManagedIdentityClientId));
}
