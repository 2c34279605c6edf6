using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.Core.Json;

namespace VodFunctions.BlobStorage.Documents;

/// <summary>A document and the ETag under which it was read.</summary>
internal sealed record Versioned<T>(T Value, ETag ETag);

/// <summary>JSON documents in the <c>state</c> container. Names are made by the callers from checked ids only.</summary>
internal sealed class StateDocuments(VodContainers containers, TimeProvider time, ILogger<StateDocuments> logger)
{
    // Each round of a race has a winner, so this many rounds serve as many writers; the wait spreads them out.
    private const int MaxTries = 300;
    private const double MaxWaitMilliseconds = 100;

    private static readonly BlobHttpHeaders s_json = new() { ContentType = "application/json", CacheControl = "no-store" };

    public async Task<Versioned<T>?> FindAsync<T>(string name, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            BlobDownloadResult found = await Blob(name).DownloadContentAsync(cancellationToken);
            return new(VodJson.Deserialize<T>(found.Content.ToString()), found.Details.ETag);
        }
        catch (RequestFailedException exception) when (exception.IsBlobMissing())
        {
            return null;
        }
    }

    /// <summary>Stores or replaces, whatever is there.</summary>
    public Task PutAsync<T>(string name, T document, CancellationToken cancellationToken) =>
        WriteAsync(name, document, conditions: null, metadata: null, cancellationToken);

    /// <summary>Stores a new document.</summary>
    /// <returns>False when the name is taken; then nothing changed.</returns>
    public Task<bool> TryCreateAsync<T>(
        string name, T document, IDictionary<string, string>? metadata, CancellationToken cancellationToken) =>
        TryWriteAsync(name, document, new BlobRequestConditions { IfNoneMatch = ETag.All }, metadata, cancellationToken);

    /// <summary>
    /// Reads, applies, writes under the ETag; again on conflict. <paramref name="change"/> is given null when there is no
    /// document, and writes nothing by returning what it was given.
    /// </summary>
    /// <returns>The document as it now stands.</returns>
    /// <exception cref="IOException">Others were quicker every time.</exception>
    public async Task<T?> UpdateAsync<T>(string name, Func<T?, T?> change, CancellationToken cancellationToken)
        where T : class
    {
        for (int tries = 1; tries <= MaxTries; tries++)
        {
            Versioned<T>? current = await FindAsync<T>(name, cancellationToken);
            T? changed = change(current?.Value);
            if (ReferenceEquals(changed, current?.Value) || changed is null)
            {
                return current?.Value;
            }

            var conditions = current is null
                ? new BlobRequestConditions { IfNoneMatch = ETag.All }
                : new BlobRequestConditions { IfMatch = current.ETag };
            if (await TryWriteAsync(name, changed, conditions, metadata: null, cancellationToken))
            {
                return changed;
            }

            Log.LostRace(logger, name, tries);
            double limit = Math.Min(MaxWaitMilliseconds, 5 * tries);
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * limit), time, cancellationToken);
        }

        throw new IOException($"The document {name} was changed by others at every one of {MaxTries} tries.");
    }

    /// <summary>Removes a document. Twice is fine.</summary>
    public Task RemoveAsync(string name, CancellationToken cancellationToken) =>
        Blob(name).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);

    private async Task<bool> TryWriteAsync<T>(
        string name, T document, BlobRequestConditions conditions, IDictionary<string, string>? metadata,
        CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(name, document, conditions, metadata, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.IsLostRace())
        {
            return false;
        }
    }

    private async Task WriteAsync<T>(
        string name, T document, BlobRequestConditions? conditions, IDictionary<string, string>? metadata,
        CancellationToken cancellationToken) =>
        await Blob(name).UploadAsync(
            new BinaryData(Encoding.UTF8.GetBytes(VodJson.Serialize(document))),
            new BlobUploadOptions { HttpHeaders = s_json, Conditions = conditions, Metadata = metadata },
            cancellationToken);

    private BlobClient Blob(string name) => containers.State.GetBlobClient(name);
}
