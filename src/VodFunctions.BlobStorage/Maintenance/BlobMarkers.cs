using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Storage.Blobs.Models;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.BlobStorage.Documents;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage.Maintenance;

/// <summary>
/// <c>tickets/{videoId}</c>, <c>jobs/{videoId}</c> and <c>deletions/{videoId}</c>. The moment is in the metadata, so that a listing tells all.
/// </summary>
internal sealed class BlobMarkers(VodContainers containers, StateDocuments documents) : IMarkers
{
    private const string SetAtKey = "setat";

    public Task SetAsync(Marker marker, CancellationToken cancellationToken) => documents.TryCreateAsync(
        Prefix(marker.Kind) + marker.VideoId,
        new { },
        new Dictionary<string, string> { [SetAtKey] = marker.SetAt.ToString("O", CultureInfo.InvariantCulture) },
        cancellationToken);

    public Task RemoveAsync(MarkerKind kind, VideoId videoId, CancellationToken cancellationToken) =>
        documents.RemoveAsync(Prefix(kind) + videoId, cancellationToken);

    public async IAsyncEnumerable<Marker> ListAsync(
        MarkerKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string prefix = Prefix(kind);
        await foreach (BlobItem item in containers.State.GetBlobsAsync(
            new GetBlobsOptions { Traits = BlobTraits.Metadata, Prefix = prefix }, cancellationToken))
        {
            if (VideoId.TryParse(item.Name[prefix.Length..], out VideoId videoId)
                && item.Metadata.TryGetValue(SetAtKey, out string? text)
                && DateTimeOffset.TryParseExact(
                    text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset setAt))
            {
                yield return new(kind, videoId, setAt);
            }
        }
    }

    private static string Prefix(MarkerKind kind) => kind switch
    {
        MarkerKind.Ticket => "tickets/",
        MarkerKind.Job => "jobs/",
        MarkerKind.Deletion => "deletions/",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
