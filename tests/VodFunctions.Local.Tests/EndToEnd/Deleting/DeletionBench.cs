using System.Net;
using System.Text.Json;
using Azure.Storage.Blobs.Specialized;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Tests.EndToEnd.Faults;
using VodFunctions.Local.Tests.EndToEnd.Harness;
using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd.Deleting;

/// <summary>A host, its uploader, and the videos that were deleted so far.</summary>
internal sealed class DeletionBench(
    HostProcess host, FaultyFFmpeg ffmpeg, VodClient client, NoticeListener listener) : IAsyncDisposable
{
    private readonly List<Deleted> _deleted = [];

    public HostProcess Host => host;

    /// <summary>Works as it should unless it is told otherwise.</summary>
    public FaultyFFmpeg FFmpeg => ffmpeg;

    public VodClient Client => client;

    public NoticeListener Listener => listener;

    public StoredBlobs Blobs { get; } = new(host.ConnectionString);

    public static async Task<DeletionBench> StartAsync(string connectionString)
    {
        var ffmpeg = new FaultyFFmpeg();
        HostProcess host = await HostProcess.StartAsync(connectionString, ffmpeg.Settings);
        VodClient client = await VodClient.SignInAsync(host, "uploader", "uploader", "admin");
        return new(host, ffmpeg, client, await NoticeListener.OpenAsync(client));
    }

    /// <summary>Takes a ticket and uploads.</summary>
    public async Task<Ticket> UploadAsync(byte[]? content = null, bool post = false)
    {
        content ??= await Clips.TinyAsync;
        Ticket ticket = await client.RequestUploadAsync(content.Length);
        if (post)
        {
            await client.SubmitPostAsync(ticket.VideoId);
        }

        await ticket.UploadAsync(content);
        return ticket;
    }

    /// <summary>Returns when an activity of a video begins.</summary>
    public Task BeginsAsync(Ticket ticket, string activity, int attempt = 1) =>
        host.Log.WaitForAsync(line => line.Has($"{ticket.VideoId}-{attempt}: {activity} #"));

    /// <summary>Deletes, checks what must be so at once, and has the browser, which knows nothing, upload once more.</summary>
    /// <param name="ticket">Of the video.</param>
    /// <param name="stage">For the message of a failed test.</param>
    /// <param name="pushed">Whether its notice may have been pushed before; after the deletion none is.</param>
    public async Task DeleteAsync(Ticket ticket, string stage, bool pushed = false)
    {
        await client.DeleteAsync(ticket.VideoId);
        await WriteLateAsync(ticket);
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(HttpMethod.Get, $"api/videos/{ticket.VideoId}"));
        Assert.Equal(
            HttpStatusCode.NotFound,
            await StatusOfAsync(HttpMethod.Post, "api/feeds", new { text = "Too late.", videoId = ticket.VideoId }));
        await Until.TrueAsync(() => host.MediaProcesses().Count == 0, $"{stage}: the media processes end");
        _deleted.Add(new(ticket, stage, pushed ? FinalNotices(ticket) : 0));
    }

    /// <summary>Checks of all that were deleted that the sweep has left nothing but tombstones.</summary>
    public async Task NothingIsLeftAsync()
    {
        foreach (Deleted deleted in _deleted)
        {
            string videoId = deleted.Ticket.VideoId;
            IReadOnlyList<string> left = [];
            try
            {
                await Until.TrueAsync(
                    async () => (left = await Blobs.OfVideoAsync(videoId)) is [var only] && only == $"state/videos/{videoId}.json",
                    $"{deleted.Stage}: the sweep leaves nothing but the tombstone");
            }
            catch (TimeoutException e)
            {
                throw new TimeoutException($"{e.Message}; {string.Join(", ", left)}\n{host.Log.Tail(80)}", e);
            }

            Assert.All([1, 2], attempt => Assert.False(
                host.Journal.Find($"{videoId}-{attempt}") is (InstanceStatus.Running, _), $"{deleted.Stage}: attempt {attempt} runs on"));
            Assert.Equal((deleted.Stage, deleted.Notices), (deleted.Stage, FinalNotices(deleted.Ticket)));
        }

        foreach (string path in new[] { "api/feeds?limit=50", "api/videos?mine=true", "api/notifications" })
        {
            JsonElement answer = await client.DemandAsync(HttpMethod.Get, path);
            Assert.Empty(answer.GetProperty("items").EnumerateArray());
        }

        Assert.Empty(host.MediaProcesses());
        Assert.Empty(host.WorkFolders());
    }

    /// <summary>The status of an answer.</summary>
    public async Task<HttpStatusCode> StatusOfAsync(HttpMethod method, string path, object? body = null)
    {
        using HttpResponseMessage response = await client.SendAsync(method, path, body);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        client.Dispose();
        await host.DisposeAsync();
        ffmpeg.Dispose();
    }

    /// <summary>The ticket outlives the video: it stores a whole file, and blocks.</summary>
    private static async Task WriteLateAsync(Ticket ticket)
    {
        using var content = new MemoryStream(new byte[2000]);
        await new BlockBlobClient(ticket.UploadUrl).UploadAsync(content);
        await ticket.StageAsync(new byte[3000]);
    }

    private int FinalNotices(Ticket ticket) =>
        listener.Received.Count(notice => notice.IsFinal && notice.VideoId == ticket.VideoId);

    private sealed record Deleted(Ticket Ticket, string Stage, int Notices);
}
