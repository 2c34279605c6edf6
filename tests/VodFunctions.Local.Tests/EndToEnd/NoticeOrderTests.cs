using System.Text.Json;
using VodFunctions.Local.Tests.EndToEnd.Faults;
using VodFunctions.Local.Tests.EndToEnd.Harness;
using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd;

/// <summary>The notice is pushed when the job has ended and the post is submitted, whichever comes first.</summary>
public sealed class NoticeOrderTests(FaultyHost faulty) : IClassFixture<FaultyHost>
{
    [Fact]
    public async Task Job_first_then_post()
    {
        string videoId = await faulty.Client.UploadAsync(await Clips.TinyAsync);
        Assert.Null(await faulty.Client.EndOfJobAsync(videoId));
        Assert.Equal("PENDING", await faulty.Client.NotificationStatusAsync(videoId));
        Assert.Null(faulty.Listener.Find(videoId, 1));
        Assert.False(await IsInFeedAsync(videoId));

        await faulty.Client.SubmitPostAsync(videoId);
        await AssertNotifiedAsync(videoId);
    }

    [Fact]
    public async Task Post_first_then_job()
    {
        faulty.FFmpeg.Be(Fault.HoldEncode);
        string videoId = await faulty.Client.UploadAsync(await Clips.TinyAsync);
        await faulty.HeldAsync("-progress");
        await faulty.Client.SubmitPostAsync(videoId);
        Assert.Equal("PENDING", await faulty.Client.JobStatusAsync(videoId));
        Assert.Equal("PENDING", await faulty.Client.NotificationStatusAsync(videoId));
        Assert.Null(faulty.Listener.Find(videoId, 1));
        Assert.False(await IsInFeedAsync(videoId));

        faulty.FFmpeg.Release();
        await AssertNotifiedAsync(videoId);
    }

    [Fact]
    public async Task A_post_before_the_upload_has_arrived_is_not_lost()
    {
        byte[] clip = await Clips.TinyAsync;
        Ticket ticket = await faulty.Client.RequestUploadAsync(clip.Length);
        await faulty.Client.SubmitPostAsync(ticket.VideoId);
        Assert.Null(await faulty.Client.JobStatusAsync(ticket.VideoId));

        await ticket.UploadAsync(clip);
        await AssertNotifiedAsync(ticket.VideoId);
    }

    private async Task AssertNotifiedAsync(string videoId)
    {
        JsonElement notice = await faulty.Listener.NoticeOfAsync(videoId, 1);
        Assert.Equal("video.completed", notice.GetProperty("type").GetString());
        Assert.Equal("COMPLETED", await faulty.Client.JobStatusAsync(videoId));
        Assert.True(await IsInFeedAsync(videoId));
        await faulty.Client.AcknowledgeAsync(videoId);
        await faulty.Client.NotificationBecomesAsync(videoId, "COMPLETED");
    }

    private async Task<bool> IsInFeedAsync(string videoId) =>
        (await faulty.Client.DemandAsync(HttpMethod.Get, "api/feeds")).GetRawText().Contains(videoId, StringComparison.Ordinal);
}
