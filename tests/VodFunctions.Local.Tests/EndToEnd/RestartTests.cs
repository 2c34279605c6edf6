using System.Text.Json;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Tests.EndToEnd.Harness;
using VodFunctions.Testing.Azurite;
using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd;

public sealed class RestartTests(AzuriteAccount account) : IClassFixture<AzuriteAccount>
{
    [Fact]
    public async Task A_host_that_was_stopped_starts_clean_on_its_data_and_keeps_what_was_there()
    {
        await using HostProcess host = await HostProcess.StartAsync(account.ConnectionString);
        using VodClient client = await VodClient.SignInAsync(host, "somebody");
        string first = await PublishAsync(host, client);
        JsonElement before = await client.GetVideoAsync(first);

        Assert.Equal(0, await host.StopAsync());
        Assert.Empty(host.MediaProcesses());
        Assert.Empty(host.WorkFolders());
        await host.StartAgainAsync();

        // The token of the first start still counts, the video is as it was, and another one can follow.
        Assert.Equal(before.ToString(), (await client.GetVideoAsync(first)).ToString());
        Assert.Equal("", await Clips.DecodeAsync(new Uri(host.Url, before.GetProperty("playback").GetProperty("master").GetString())));
        string second = await PublishAsync(host, client);
        JsonElement feed = await client.DemandAsync(HttpMethod.Get, "api/feeds");
        Assert.Equal(
            [second, first],
            feed.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("videoId").GetString()!));
        Assert.Contains(host.Log.Lines, line => line.Life == 2 && line.Has("started: 0 instances to step, 0 activities to run"));
        Assert.DoesNotContain(
            host.Log.Lines,
            line => (line.Has("warn: ") || line.Has("fail: ") || line.Has("crit: ")) && !IsAboutTheMachine(line));
    }

    /// <summary>The whole job: ticket, upload, post, push, acknowledgement, and the end of its orchestration.</summary>
    private static async Task<string> PublishAsync(HostProcess host, VodClient client)
    {
        byte[] clip = await Clips.TinyAsync;
        await using NoticeListener listener = await NoticeListener.OpenAsync(client);
        Ticket ticket = await client.RequestUploadAsync(clip.Length);
        await ticket.UploadAsync(clip);
        await client.SubmitPostAsync(ticket.VideoId);
        PushedNotice notice = await listener.NoticeOfAsync(ticket.VideoId);
        Assert.Equal("video.completed", notice.Type);
        await client.AcknowledgeAsync(ticket.VideoId);
        await client.NotificationBecomesAsync(ticket.VideoId, "COMPLETED");
        await Until.TrueAsync(
            () => host.Journal.Find($"{ticket.VideoId}-1") is (InstanceStatus.Completed, _), "the orchestration ends");
        return ticket.VideoId;
    }

    /// <summary>Kestrel says that its timer came late: the machine was busy.</summary>
    private static bool IsAboutTheMachine(HostLine line) => line.Has("the heartbeat has been running for");
}
