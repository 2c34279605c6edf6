using System.Net;
using System.Text.Json;
using VodFunctions.Local.Tests.EndToEnd.Faults;
using VodFunctions.Local.Tests.EndToEnd.Harness;
using VodFunctions.Testing.Azurite;
using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd.Deleting;

/// <summary>
/// DELETE at every stage of a job: no process stays, nothing is pushed, and after the sweep no blob is left but the
/// tombstone, even if the ticket's URL is used once more. The sweep gives late writers some seconds: so several videos are
/// deleted first, and looked at afterwards.
/// </summary>
public sealed class DeletionTests(AzuriteAccount account) : IClassFixture<AzuriteAccount>
{
    [Fact]
    public async Task A_video_deleted_before_its_job_has_ended_leaves_nothing_but_a_tombstone()
    {
        await using DeletionBench bench = await DeletionBench.StartAsync(account.ConnectionString);
        await bench.DeleteAsync(await bench.Client.RequestUploadAsync(1000), "before the upload");

        Ticket staged = await bench.Client.RequestUploadAsync(1000);
        await staged.StageAsync(await Clips.TinyAsync);
        await bench.DeleteAsync(staged, "with staged blocks only");

        await bench.DeleteAsync(await bench.UploadAsync(), "the upload just stored");

        // No job gets further than its encoders, however late the deletion is.
        bench.FFmpeg.Be(Fault.HoldEncode);
        foreach (string activity in new[] { "OpenJob", "ProbeSource", "Transcode" })
        {
            Ticket ticket = await bench.UploadAsync(post: true);
            await bench.BeginsAsync(ticket, activity);
            await bench.DeleteAsync(ticket, $"{activity} just begun");
        }

        bench.FFmpeg.Be(Fault.Linger);
        Ticket running = await bench.UploadAsync(post: true);
        await Until.TrueAsync(
            async () => await bench.Blobs.CountMediaAsync(running.VideoId, ".m4s") > 0, "a first segment is stored");
        await bench.DeleteAsync(running, "with segments stored and FFmpeg running");

        bench.FFmpeg.Be(Fault.None);
        foreach (string activity in new[] { "PublishPlaylists", "CloseJob" })
        {
            Ticket ticket = await bench.UploadAsync(post: true);
            await bench.BeginsAsync(ticket, activity);
            await bench.DeleteAsync(ticket, $"{activity} just begun", pushed: true);
        }

        await bench.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_video_deleted_after_its_job_has_ended_leaves_nothing_but_a_tombstone()
    {
        await using DeletionBench bench = await DeletionBench.StartAsync(account.ConnectionString);
        VodClient client = bench.Client;

        Ticket completed = await bench.UploadAsync();
        await client.JobBecomesAsync(completed.VideoId, "COMPLETED");
        await bench.DeleteAsync(completed, "completed");

        Ticket posted = await bench.UploadAsync(post: true);
        await bench.Listener.NoticeOfAsync(posted.VideoId);
        JsonElement video = await client.GetVideoAsync(posted.VideoId);
        string master = video.GetProperty("playback").GetProperty("master").GetString()!;
        Assert.Equal(HttpStatusCode.OK, await bench.StatusOfAsync(HttpMethod.Get, master));
        await bench.DeleteAsync(posted, "posted, public and notified", pushed: true);
        Assert.Equal(HttpStatusCode.NotFound, await bench.StatusOfAsync(HttpMethod.Get, master));

        Ticket rejected = await bench.UploadAsync("This is no video."u8.ToArray(), post: true);
        await client.JobBecomesAsync(rejected.VideoId, "ERROR");
        await bench.DeleteAsync(rejected, "rejected", pushed: true);

        // Neither can end before the host is killed.
        bench.FFmpeg.Be(Fault.HoldProbe);
        Ticket failed = await bench.UploadAsync(post: true);
        Ticket requeued = await bench.UploadAsync(await Clips.LongAsync, post: true);
        await bench.BeginsAsync(failed, "OpenJob");
        await bench.BeginsAsync(requeued, "OpenJob");
        await ReplaceAsync(bench, failed, requeued);
        await bench.DeleteAsync(failed, "failed", pushed: true);

        await client.RequeueAsync(requeued.VideoId);
        await bench.BeginsAsync(requeued, "Transcode", attempt: 2);
        await bench.DeleteAsync(requeued, "requeued and transcoding", pushed: true);

        await bench.NothingIsLeftAsync();
    }

    /// <summary>Jobs whose uploads are replaced while the host is down end in SOURCE_GONE.</summary>
    private static async Task ReplaceAsync(DeletionBench bench, params Ticket[] tickets)
    {
        await bench.Host.KillAsync();
        bench.FFmpeg.Be(Fault.None);
        foreach (Ticket ticket in tickets)
        {
            using var other = new MemoryStream(await Clips.LongAsync);
            await bench.Blobs.Upload(ticket.VideoId).UploadAsync(other);
        }

        await bench.Host.StartAgainAsync();
        foreach (Ticket ticket in tickets)
        {
            await bench.Client.JobBecomesAsync(ticket.VideoId, "ERROR");
            JsonElement job = (await bench.Client.GetVideoAsync(ticket.VideoId)).GetProperty("job");
            Assert.Equal("SOURCE_GONE", job.GetProperty("error").GetProperty("code").GetString());
        }
    }
}
