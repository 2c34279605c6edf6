using System.Text.Json;
using VodFunctions.Local.Tests.EndToEnd.Faults;
using VodFunctions.Local.Tests.EndToEnd.Harness;
using VodFunctions.Testing.Azurite;
using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd;

/// <summary>No room for the local copy, or none for what FFmpeg makes.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly FaultyFFmpeg _ffmpeg = new();

    public void Dispose() => _ffmpeg.Dispose();

    [RootOnLinuxFact]
    public async Task A_disk_too_small_for_the_source_fails_the_job_and_a_requeue_on_a_larger_one_completes_it()
    {
        byte[] clip = await LargeClipAsync();
        await using TinyDisk disk = await TinyDisk.MountAsync(megabytes: 1);
        Assert.True(clip.Length > 2 << 20);

        await RunAsync(clip, ["INTERNAL"], () => disk.GrowAsync(megabytes: 100), "--Vod:Transcoding:WorkFolder", disk.Path);
    }

    [RootOnLinuxFact]
    [Trait("Category", "Long")]
    public async Task A_disk_that_fills_up_while_FFmpeg_writes_fails_the_job_and_a_requeue_completes_it()
    {
        await using TinyDisk disk = await TinyDisk.MountAsync(megabytes: 8);
        _ffmpeg.Be(Fault.FillDisk);

        // One at a time: what another run gave back when it failed, or was done, would be room enough for such a clip.

        await RunAsync(
            await Clips.TinyAsync, ["ENCODE_FAILED", "INTERNAL"],
            () =>
            {
                _ffmpeg.Be(Fault.None);
                return Task.CompletedTask;
            },
            "--Vod:Transcoding:WorkFolder", disk.Path, "--Vod:Transcoding:Parallelism", "1");
    }

    [Fact]
    public async Task A_source_larger_than_all_local_copies_may_be_fails_the_job() =>
        await RunAsync(await LargeClipAsync(), ["INTERNAL"], null, "--Vod:Transcoding:MaxSourceCacheBytes", "1048576");

    private async Task RunAsync(byte[] clip, string[] codes, Func<Task>? mend, params string[] settings)
    {
        string account = (await AzuriteServer.SharedAsync).NewAccount();
        await using HostProcess host = await HostProcess.StartAsync(
            account, [.. _ffmpeg.Settings, "--Vod:Retry:FirstDelay", "00:00:00.050", .. settings]);
        using VodClient client = await VodClient.SignInAsync(host, "uploader");
        using VodClient admin = await VodClient.SignInAsync(host, "operator", "admin");
        await using NoticeListener listener = await NoticeListener.OpenAsync(client);
        string videoId = await client.UploadAsync(clip);
        string? code = await client.EndOfJobAsync(videoId);
        Assert.Contains(code, codes);

        await client.SubmitPostAsync(videoId);
        JsonElement notice = await listener.NoticeOfAsync(videoId, 1);
        Assert.Equal(code, Notices.CodeOf(notice));
        await client.AcknowledgeAsync(videoId);
        Assert.Equal(0, await new StoredBlobs(account).CountMediaAsync(videoId));
        if (mend is not null)
        {
            await mend();
            Assert.Equal(202, (await admin.TryRequeueAsync(videoId)).Status);
            Assert.Null(await client.EndOfJobAsync(videoId));
            Assert.Equal("video.completed", (await listener.NoticeOfAsync(videoId, 2)).GetProperty("type").GetString());
            await client.AcknowledgeAsync(videoId);
        }
    }

    /// <summary>Noise: a second of it takes more than two megabytes.</summary>
    private static Task<byte[]> LargeClipAsync() => BadFiles.MakeAsync(
        "x.mov", "-f", "lavfi", "-i", "nullsrc=size=320x180:rate=25:duration=1,noise=alls=100:allf=t",
        "-c:v", "mjpeg", "-q:v", "1", "-pix_fmt", "yuvj444p");
}
