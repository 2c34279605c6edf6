using VodFunctions.Local.Tests.EndToEnd.Faults;
using VodFunctions.Local.Tests.EndToEnd.Harness;
using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd;

/// <summary>No job is PENDING for ever: what goes wrong ends in ERROR, and a requeue mends it.</summary>
public sealed class FailureTests(FaultyHost faulty) : IClassFixture<FaultyHost>
{
    [Theory]
    [InlineData(Fault.Crash, "ENCODE_FAILED")]
    [InlineData(Fault.Fill, "ENCODE_FAILED")]
    public async Task An_FFmpeg_that_misbehaves_fails_the_job_and_a_requeue_completes_it(Fault fault, string code)
    {
        faulty.FFmpeg.Be(fault);
        string videoId = await faulty.Client.UploadAsync(await Clips.TinyAsync);
        Assert.Equal(code, await faulty.Client.EndOfJobAsync(videoId));

        await faulty.AssertFailedNoticeAsync(videoId, 1, code);
        Assert.Equal(0, await faulty.Blobs.CountMediaAsync(videoId));
        Assert.Empty(faulty.Host.MediaProcesses());
        Assert.Empty(faulty.Host.WorkFolders());
        faulty.FFmpeg.Be(Fault.None);
        await faulty.AssertRequeueCompletesAsync(videoId, 2);
    }

    [Fact]
    public async Task A_source_deleted_right_after_its_event_is_gone_and_stays_so()
    {
        string videoId = await UploadHeldInProbeAsync();
        await faulty.Blobs.Upload(videoId).DeleteAsync();
        faulty.FFmpeg.Release();
        Assert.Equal("SOURCE_GONE", await faulty.Client.EndOfJobAsync(videoId));
        await faulty.AssertFailedNoticeAsync(videoId, 1, "SOURCE_GONE");

        Assert.Equal(202, (await faulty.Admin.TryRequeueAsync(videoId)).Status);
        Assert.Equal("SOURCE_GONE", await faulty.Client.EndOfJobAsync(videoId));
        await faulty.AssertFailedNoticeAsync(videoId, 2, "SOURCE_GONE");
    }

    [Fact]
    public async Task A_source_replaced_during_the_job_is_gone_and_a_requeue_takes_the_new_one()
    {
        string videoId = await UploadHeldInProbeAsync();
        using (var other = new MemoryStream(await Clips.TinyAsync))
        {
            await faulty.Blobs.Upload(videoId).UploadAsync(other);
        }

        faulty.FFmpeg.Release();
        Assert.Equal("SOURCE_GONE", await faulty.Client.EndOfJobAsync(videoId));
        await faulty.AssertFailedNoticeAsync(videoId, 1, "SOURCE_GONE");
        Assert.Equal(0, await faulty.Blobs.CountMediaAsync(videoId));
        await faulty.AssertRequeueCompletesAsync(videoId, 2);
    }

    [Fact]
    public async Task A_job_that_is_under_way_cannot_be_requeued()
    {
        string videoId = await UploadHeldInProbeAsync();

        Assert.Equal((409, "JOB_NOT_REQUEUEABLE"), await faulty.Admin.TryRequeueAsync(videoId));
        Assert.Equal(403, (await faulty.Client.TryRequeueAsync(videoId)).Status);
        faulty.FFmpeg.Release();
        Assert.Null(await faulty.Client.EndOfJobAsync(videoId));
        Assert.Equal((409, "JOB_NOT_REQUEUEABLE"), await faulty.Admin.TryRequeueAsync(videoId));
    }

    private async Task<string> UploadHeldInProbeAsync()
    {
        faulty.FFmpeg.Be(Fault.HoldProbe);
        string videoId = await faulty.Client.UploadAsync(await Clips.TinyAsync);
        await faulty.HeldAsync("json");
        return videoId;
    }
}
