using Azure.Storage.Blobs.Models;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.Core.Videos;
using RequestFailedException = Azure.RequestFailedException;

namespace VodFunctions.BlobStorage.Listing;

/// <summary>Reads indexes in the <c>state</c> container page by page.</summary>
internal sealed class NewestFirstIndex(VodContainers containers)
{
    private const int MaxLimit = 1000;
    private const int ReadParallelism = 8;

    /// <summary>
    /// A page of at most <paramref name="limit"/> items. Entries that <paramref name="read"/> has nothing for (the record is
    /// gone) are left out and made up for by later ones.
    /// </summary>
    /// <exception cref="FormatException">The cursor is none of this listing.</exception>
    public async Task<Page<T>> ListAsync<T>(
        string prefix, string? cursor, int limit, Func<IndexEntry, CancellationToken, Task<T?>> read,
        CancellationToken cancellationToken)
        where T : class
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        int wanted = Math.Min(limit, MaxLimit);
        Cursor at = Cursor.Parse(cursor, prefix);
        var items = new List<T>(wanted);
        while (true)
        {
            (IReadOnlyList<IndexEntry> entries, string nextMarker) =
                await ListEntriesAsync(prefix, at, wanted, isFromClient: cursor is not null, cancellationToken);
            int next = 0;
            while (next < entries.Count && items.Count < wanted)
            {
                IndexEntry[] batch = [.. entries.Skip(next).Take(wanted - items.Count)];
                items.AddRange(await ReadAsync(batch, read, cancellationToken));
                next += batch.Length;
                at = at with { LastEntry = batch[^1].Entry };
            }

            bool more = next < entries.Count;
            if (!more && nextMarker.Length == 0)
            {
                return new(items, null);
            }

            at = more ? at : at with { Marker = nextMarker };
            if (items.Count == wanted)
            {
                return new(items, at.ToText(prefix));
            }
        }
    }

    /// <summary>One page of the storage, without what was looked at already, and the marker of the page after it.</summary>
    private async Task<(IReadOnlyList<IndexEntry> Entries, string NextMarker)> ListEntriesAsync(
        string prefix, Cursor at, int pageSize, bool isFromClient, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (Azure.Page<BlobItem> page in containers.State
                .GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken)
                .AsPages(at.Marker.Length == 0 ? null : at.Marker, pageSize))
            {
                IEnumerable<IndexEntry> entries = page.Values
                    .Select(blob => IndexEntry.TryParse(prefix, blob.Name) is { } entry
                        ? entry with { ETag = blob.Properties.ETag }
                        : null)
                    .OfType<IndexEntry>()
                    .Where(entry => string.CompareOrdinal(entry.Entry, at.LastEntry) > 0);
                return ([.. entries], page.ContinuationToken ?? "");
            }

            return ([], "");
        }
        catch (RequestFailedException exception) when (exception.Status == 400 && isFromClient)
        {
            // Only the marker is the client's, and the storage cannot read it.
            throw new FormatException("Not a cursor of this listing.", exception);
        }
    }

    private static async Task<IEnumerable<T>> ReadAsync<T>(
        IndexEntry[] batch, Func<IndexEntry, CancellationToken, Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        var found = new T?[batch.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ReadParallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, batch.Length), parallel, async (index, token) =>
            found[index] = await read(batch[index], token));
        return found.OfType<T>();
    }
}
