using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VodFunctions.BlobStorage.Settings;

namespace VodFunctions.BlobStorage.Containers;

/// <summary>Sets up the account: containers, and CORS rules for the site's pages. Run at start, before anything else.</summary>
/// <param name="containers">The containers.</param>
/// <param name="options">Origins, and whether to do it at all.</param>
/// <param name="time">Waits between tries.</param>
/// <param name="logger">Says what happens.</param>
public sealed class StorageInitializer(
    VodContainers containers, IOptions<StorageOptions> options, TimeProvider time, ILogger<StorageInitializer> logger)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Creates what is missing. Idempotent. While the storage does not answer (the emulator is still starting) it is tried
    /// again for a minute. Does nothing when <see cref="StorageOptions.Initialize"/> is off.
    /// </summary>
    /// <exception cref="Azure.RequestFailedException">The storage refuses, or never answered.</exception>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Initialize)
        {
            return;
        }

        long started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await CreateContainersAsync(cancellationToken);
                await SetCorsAsync(cancellationToken);
                Log.StorageReady(logger, options.Value.AllowedOrigins.Count);
                return;
            }
            catch (Exception exception) when (exception.IsTransient()
                && !cancellationToken.IsCancellationRequested && time.GetElapsedTime(started) < s_patience)
            {
                Log.StorageNotThere(logger, exception.GetType().Name);
                await Task.Delay(s_wait, time, cancellationToken);
            }
        }
    }

    private async Task CreateContainersAsync(CancellationToken cancellationToken) => await Task.WhenAll(containers.All.Select(
        container => container.CreateIfNotExistsAsync(PublicAccessType.None, cancellationToken: cancellationToken)));

    // The whole set of properties is replaced by a write, so the others are read first and sent back.
    private async Task SetCorsAsync(CancellationToken cancellationToken)
    {
        BlobServiceProperties properties = await containers.Service.GetPropertiesAsync(cancellationToken);
        IList<BlobCorsRule> wanted = CorsRules.For(options.Value.AllowedOrigins);
        if (CorsRules.AreSame(properties.Cors ?? [], wanted))
        {
            return;
        }

        properties.Cors = wanted;
        await containers.Service.SetPropertiesAsync(properties, cancellationToken);
    }
}
