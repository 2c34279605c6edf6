using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;

namespace VodFunctions.Demo.Tests;

/// <summary>The contract of the API with one video behind it, which ends as told once it is uploaded and posted.</summary>
internal sealed class FakeApi(string ending)
{
    private const string Video = "0123456789abcdef0123456789abcdef";
    private const string NoticeId = Video + "-1";
    private static readonly UserId s_demo = UserId.Parse("demo");

    private int _polls;
    private bool _uploaded;
    private bool _posted;
    private bool _acknowledged;

    /// <summary>Every call in order, without queries.</summary>
    public List<string> Calls { get; } = [];

    public long UploadedBytes { get; private set; }

    public void Map(WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            lock (Calls)
            {
                Calls.Add($"{context.Request.Method} {context.Request.Path}");
            }

            await next(context);
        });
        app.MapPost("/api/dev/token", () => new JsonObject { ["token"] = "anything" });
        app.MapPost("/api/notifications/connect", async (INotificationChannel channel) =>
            new JsonObject { ["url"] = (await channel.GetClientUrlAsync(s_demo, TimeSpan.FromHours(1), default)).ToString() });
        app.MapPost("/api/uploads", (HttpRequest request) => Results.Json(Ticket(request), statusCode: 201));
        app.MapPut("/store/blob", StoreAsync);
        app.MapGet($"/api/videos/{Video}", GetAsync);
        app.MapPost("/api/feeds", async (INotificationChannel channel) => await PostAsync(channel));
        app.MapPost($"/api/notifications/{Video}/ack", (JsonObject shown) =>
        {
            _acknowledged = shown["notificationId"]?.GetValue<string>() == NoticeId;
            return _acknowledged ? Results.NoContent() : Results.BadRequest();
        });
        app.MapGet("/watch/master.m3u8", () => "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv/index.m3u8\n");
        app.MapGet("/watch/v/index.m3u8", () => "#EXTM3U\n#EXTINF:2,\nseg_00000.m4s\n");
        app.MapGet("/watch/v/seg_00000.m4s", () => "bytes");
    }

    private static JsonObject Ticket(HttpRequest request) => new()
    {
        ["videoId"] = Video,
        ["uploadUrl"] = $"http://{request.Host}/store/blob?sig=SECRET",
        ["expiresAt"] = DateTimeOffset.UtcNow.AddMinutes(5).ToString("O"),
        ["maxBytes"] = 1_000_000,
        ["blockBytes"] = 1000,
    };

    private async Task<IResult> StoreAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (request.Query["comp"] == "block")
        {
            UploadedBytes += body.Length;
        }
        else
        {
            _uploaded = true;
        }

        return Results.StatusCode(201);
    }

    private JsonObject GetAsync()
    {
        bool ended = _uploaded && ++_polls > 2;
        return new()
        {
            ["videoId"] = Video,
            ["job"] = new JsonObject
            {
                ["status"] = ended ? ending : "PENDING",
                ["step"] = ended ? "done" : "transcode",
                ["percent"] = 50,
                ["error"] = ending == "ERROR" ? new JsonObject { ["code"] = "NOT_A_VIDEO", ["message"] = "No video." } : null,
            },
            ["notification"] = new JsonObject { ["status"] = _acknowledged ? "COMPLETED" : _posted ? "SENT" : "PENDING" },
            ["playback"] = ended && ending == "COMPLETED"
                ? new JsonObject { ["master"] = "/watch/master.m3u8", ["durationSeconds"] = 2, ["renditions"] = new JsonArray() }
                : null,
        };
    }

    private async Task<IResult> PostAsync(INotificationChannel channel)
    {
        _posted = true;
        string type = ending == "COMPLETED" ? "video.completed" : "video.failed";
        await channel.SendToUserAsync(s_demo, $$"""{"type":"video.progress","videoId":"{{Video}}","percent":10}""", default);
        await channel.SendToUserAsync(
            s_demo, $$"""{"type":"{{type}}","videoId":"{{Video}}","notificationId":"{{NoticeId}}"}""", default);
        return Results.Json(new { feedId = Video }, statusCode: 201);
    }
}
