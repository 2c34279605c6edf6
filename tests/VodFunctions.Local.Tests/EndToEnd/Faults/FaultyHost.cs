using System.Text.Json;
using VodFunctions.Local.Tests.EndToEnd.Harness;
using VodFunctions.Testing.Azurite;
using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd.Faults;

/// <summary>A host whose FFmpeg misbehaves on demand, with an uploader who listens and an operator.</summary>
public sealed class FaultyHost : IAsyncLifetime
{
    internal FaultyFFmpeg FFmpeg { get; private set; } = null!;

    internal HostProcess Host { get; private set; } = null!;

    internal VodClient Client { get; private set; } = null!;

    internal VodClient Admin { get; private set; } = null!;

    internal NoticeListener Listener { get; private set; } = null!;

    internal StoredBlobs Blobs { get; private set; } = null!;

    public Task InitializeAsync() => StartAsync("--Vod:Transcoding:MaxWorkBytes", "4194304");

    internal async Task StartAsync(params string[] settings)
    {
        string account = (await AzuriteServer.SharedAsync).NewAccount();
        FFmpeg = new FaultyFFmpeg();
        Blobs = new StoredBlobs(account);
        Host = await HostProcess.StartAsync(
            account,
            [.. FFmpeg.Settings, "--Vod:Retry:FirstDelay", "00:00:00.050", .. settings]);
        Client = await VodClient.SignInAsync(Host, "uploader");
        Admin = await VodClient.SignInAsync(Host, "operator", "admin");
        Listener = await NoticeListener.OpenAsync(Client);
    }

    public async Task DisposeAsync()
    {
        await Listener.DisposeAsync();
        Client.Dispose();
        Admin.Dispose();
        await Host.DisposeAsync();
        FFmpeg.Dispose();
    }

    /// <summary>Waits until a held program is there.</summary>
    /// <param name="option">One that only this run has.</param>
    internal Task HeldAsync(string option) => Until.TrueAsync(
        () => Host.MediaProcesses().Any(process => process.Contains($" {option} ", StringComparison.Ordinal)),
        $"a run with {option} is held");

    /// <summary>Posts, and expects the notice of a failed attempt.</summary>
    internal async Task AssertFailedNoticeAsync(string videoId, int attempt, string code)
    {
        await Client.SubmitPostAsync(videoId);
        JsonElement notice = await Listener.NoticeOfAsync(videoId, attempt);
        await Client.AcknowledgeAsync(videoId);
        Assert.Equal("video.failed", notice.GetProperty("type").GetString());
        Assert.Equal(code, Notices.CodeOf(notice));
    }

    /// <summary>Requeues, and expects a whole video and its notice.</summary>
    internal async Task AssertRequeueCompletesAsync(string videoId, int attempt)
    {
        Assert.Equal(202, (await Admin.TryRequeueAsync(videoId)).Status);
        Assert.Null(await Client.EndOfJobAsync(videoId));
        JsonElement notice = await Listener.NoticeOfAsync(videoId, attempt);
        await Client.AcknowledgeAsync(videoId);
        Assert.Equal("video.completed", notice.GetProperty("type").GetString());
        string master = notice.GetProperty("playback").GetProperty("master").GetString()!;
        Assert.Equal($"/media/{videoId}/{attempt}/master.m3u8", master);
        Assert.Equal("", await Clips.DecodeAsync(new Uri(Host.Url, master)));
        Assert.Equal((409, "JOB_NOT_REQUEUEABLE"), await Admin.TryRequeueAsync(videoId));
    }
}
