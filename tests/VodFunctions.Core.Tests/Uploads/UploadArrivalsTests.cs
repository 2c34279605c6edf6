using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;
using VodFunctions.Testing;
using VodFunctions.Testing.InMemory;
using Xunit;

namespace VodFunctions.Core.Tests.Uploads;

public sealed class UploadArrivalsTests : IAsyncDisposable
{
    private readonly VodWorld _world = new();
    private readonly RecordingOrchestrationClient _engine;

    public UploadArrivalsTests() => _engine = _world.WithoutEngine();

    [Fact]
    public async Task The_same_event_five_times_at_once_starts_one_attempt()
    {
        VideoId videoId = await _world.IssueAsync();
        StoredUpload stored = _world.Uploads.Put(videoId, 1);

        ArrivalOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(
            _ => Task.Run(() => _world.Get<UploadArrivals>().HandleAsync(videoId, stored.ETag, stored.SizeBytes, default))));

        Assert.Equal(1, outcomes.Count(outcome => outcome == ArrivalOutcome.Accepted));
        Assert.Equal($"{videoId}-1", Assert.Single(_engine.Instances).Key);
    }

    [Fact]
    public async Task A_late_event_after_the_history_was_purged_starts_nothing()
    {
        VideoId videoId = await _world.IssueAsync();
        await _world.Records.UpdateAsync(videoId, record => record.OpenJob(1, "etag", _world.Time.GetUtcNow()), default);

        Assert.Equal(ArrivalOutcome.AlreadyStarted, await _world.ArriveAsync(videoId));
        Assert.Empty(_engine.Instances);
    }

    [Fact]
    public async Task An_upload_without_a_ticket_is_left_alone()
    {
        VideoId unknown = new SequentialIds().NewVideoId();

        Assert.Equal(ArrivalOutcome.Unknown, await _world.ArriveAsync(unknown));
        Assert.NotNull(await _world.Uploads.FindAsync(unknown, default));
    }

    [Fact]
    public async Task An_upload_to_a_deleted_video_is_removed()
    {
        VideoId videoId = await _world.IssueAsync();
        await _world.Get<VideoDeletion>().DeleteAsync(VodWorld.Alice, videoId, default);

        Assert.Equal(ArrivalOutcome.Deleted, await _world.ArriveAsync(videoId));
        Assert.Null(await _world.Uploads.FindAsync(videoId, default));
        Assert.Empty(_engine.Instances);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
