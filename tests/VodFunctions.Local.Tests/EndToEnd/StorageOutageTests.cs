using System.Security.Cryptography;
using VodFunctions.Local.Tests.EndToEnd.Faults;
using VodFunctions.Local.Tests.EndToEnd.Harness;
using VodFunctions.Local.Tests.Hosting;
using VodFunctions.Testing.Azurite;
using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd;

/// <summary>The storage goes away while a job has results to store.</summary>
public sealed class StorageOutageTests : IDisposable
{
    private static readonly TimeSpan s_outage = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();
    private readonly FaultyFFmpeg _ffmpeg = new();

    public void Dispose()
    {
        _ffmpeg.Dispose();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_job_outlives_ten_seconds_without_storage()
    {
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        AzuriteServer storage = await AzuriteServer.StartAsync(_folder.Path, accounts: 1, accountKey: key);
        try
        {
            string account = storage.ConnectionString;
            int port = storage.Endpoint.Port;

            // The waits between tries as they are by default.
            await using HostProcess host = await HostProcess.StartAsync(
                account, [.. _ffmpeg.Settings, "--Vod:Retry:FirstDelay", "00:00:05"]);
            using VodClient client = await VodClient.SignInAsync(host, "uploader");
            await using NoticeListener listener = await NoticeListener.OpenAsync(client);
            _ffmpeg.Be(Fault.HoldEncode);
            string videoId = await client.UploadAsync(await Clips.TinyAsync);
            await Until.TrueAsync(
                () => host.MediaProcesses().Any(process => process.Contains(" -progress ", StringComparison.Ordinal)),
                "a run is held");
            await client.SubmitPostAsync(videoId);

            await storage.DisposeAsync();
            _ffmpeg.Release();
            await Task.Delay(s_outage);
            using (HttpResponseMessage ready = await client.SendAsync(HttpMethod.Get, "api/health/ready"))
            {
                Assert.Equal(503, (int)ready.StatusCode);
            }

            storage = await AzuriteServer.StartAsync(_folder.Path, port, accounts: 1, accountKey: key);
            Assert.Null(await client.EndOfJobAsync(videoId));
            Assert.Equal("video.completed", (await listener.NoticeOfAsync(videoId)).Type);
            await client.AcknowledgeAsync(videoId);
            string master = (await client.GetVideoAsync(videoId)).GetProperty("playback").GetProperty("master").GetString()!;
            Assert.Equal("", await Clips.DecodeAsync(new Uri(host.Url, master)));
        }
        finally
        {
            await storage.DisposeAsync();
        }
    }
}
