using VodFunctions.Local.Tests.EndToEnd.Faults;
using VodFunctions.Local.Tests.EndToEnd.Harness;
using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd;

/// <summary>An FFmpeg that does not end is ended.</summary>
public sealed class HangTests : IAsyncLifetime
{
    private readonly FaultyHost _faulty = new();

    public Task InitializeAsync() => _faulty.StartAsync();

    public Task DisposeAsync() => _faulty.DisposeAsync();

    [Fact]
    [Trait("Category", "Long")]
    public async Task An_FFmpeg_that_hangs_is_stopped_at_its_wall_time_and_a_requeue_completes_the_job()
    {
        // The short wall time for the first attempt only: a machine that is busy may need more for real work.
        await _faulty.Host.KillAsync();
        await _faulty.Host.StartAgainAsync(
            "--Vod:Transcoding:MinWallTime", "00:00:03", "--Vod:Transcoding:WallTimeFactor", "1");
        _faulty.FFmpeg.Be(Fault.Hang);
        string videoId = await _faulty.Client.UploadAsync(await Clips.TinyAsync);
        Assert.Equal("TIMED_OUT", await _faulty.Client.EndOfJobAsync(videoId));

        await _faulty.AssertFailedNoticeAsync(videoId, 1, "TIMED_OUT");
        Assert.Equal(0, await _faulty.Blobs.CountMediaAsync(videoId));
        Assert.Empty(_faulty.Host.MediaProcesses());
        Assert.Empty(_faulty.Host.WorkFolders());
        await _faulty.Host.StopAsync();
        await _faulty.Host.StartAgainAsync();
        _faulty.FFmpeg.Be(Fault.None);
        await _faulty.AssertRequeueCompletesAsync(videoId, 2);
    }
}
