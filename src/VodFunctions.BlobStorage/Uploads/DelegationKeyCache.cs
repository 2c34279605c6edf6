using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;

namespace VodFunctions.BlobStorage.Uploads;

/// <summary>
/// Keeps the user delegation key, which costs a request: one for all tickets, fetched anew before it is too short-lived
/// for the next. Callers at the same time share one fetch.
/// </summary>
internal sealed class DelegationKeyCache(BlobServiceClient service, TimeProvider time, ILogger<DelegationKeyCache> logger)
    : IDisposable
{
    // A key can live for 7 days at most; a short life limits what a stolen one is worth.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(4);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(7) - TimeSpan.FromHours(1);
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile UserDelegationKey? _key;

    /// <summary>A key that outlives <paramref name="expiresAt"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No key lives that long.</exception>
    public async Task<UserDelegationKey> GetAsync(DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(expiresAt, time.GetUtcNow() + s_longest - s_margin);
        if (_key is { } cached && IsGood(cached, expiresAt))
        {
            return cached;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _key is { } fetched && IsGood(fetched, expiresAt) ? fetched : await FetchAsync(expiresAt, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    private static bool IsGood(UserDelegationKey key, DateTimeOffset expiresAt) => key.SignedExpiresOn >= expiresAt + s_margin;

    private async Task<UserDelegationKey> FetchAsync(DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset usual = now + s_lifetime;
        DateTimeOffset needed = (expiresAt + s_margin).ToUniversalTime();
        UserDelegationKey key = await service.GetUserDelegationKeyAsync(
            now - s_margin, needed > usual ? needed : usual, cancellationToken);
        _key = key;
        Log.DelegationKeyFetched(logger, key.SignedExpiresOn);
        return key;
    }
}
