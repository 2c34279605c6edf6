using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Maintenance;

public sealed class BlobMarkersTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly IMarkers _markers = storage.Get<IMarkers>();

    [Fact]
    public async Task Markers_are_listed_by_kind_until_they_are_removed()
    {
        var ticket = new Marker(MarkerKind.Ticket, Some.VideoId(), Some.Moment.AddTicks(7));
        var deletion = new Marker(MarkerKind.Deletion, ticket.VideoId, Some.Moment);
        await _markers.SetAsync(ticket, s_none);
        await _markers.SetAsync(deletion, s_none);

        Assert.Contains(ticket, await ListAsync(MarkerKind.Ticket));
        Assert.DoesNotContain(deletion, await ListAsync(MarkerKind.Ticket));

        await _markers.RemoveAsync(MarkerKind.Ticket, ticket.VideoId, s_none);
        await _markers.RemoveAsync(MarkerKind.Ticket, ticket.VideoId, s_none);

        Assert.DoesNotContain(ticket, await ListAsync(MarkerKind.Ticket));
        Assert.Contains(deletion, await ListAsync(MarkerKind.Deletion));
    }

    [Fact]
    public async Task A_marker_that_is_there_is_left_as_it_is()
    {
        VideoId videoId = Some.VideoId();
        await _markers.SetAsync(new(MarkerKind.Deletion, videoId, Some.Moment), s_none);

        await _markers.SetAsync(new(MarkerKind.Deletion, videoId, Some.Moment.AddDays(1)), s_none);

        Marker marker = Assert.Single(await ListAsync(MarkerKind.Deletion), marker => marker.VideoId == videoId);
        Assert.Equal(Some.Moment, marker.SetAt);
    }

    private async Task<List<Marker>> ListAsync(MarkerKind kind)
    {
        List<Marker> all = [];
        await foreach (Marker marker in _markers.ListAsync(kind, s_none))
        {
            all.Add(marker);
        }

        return all;
    }
}
