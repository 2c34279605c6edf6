using System.Net;
using System.Text.Json;
using VodFunctions.Api.Tests.Support;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Api.Tests.Endpoints;

public sealed class UploadEndpointsTests
{
    private static readonly object s_clip = new { fileName = "clip.mp4", contentType = "video/mp4", sizeBytes = 1000 };

    [Fact]
    public async Task A_ticket_says_where_and_how_to_upload()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Answer answer = await host.PostAsync("/api/uploads", Who.Owner, s_clip);

        string videoId = answer.Json.GetProperty("videoId").GetString()!;
        Assert.Equal($"/api/videos/{videoId}", answer.Header("Location"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal(314_572_800, answer.Json.GetProperty("maxBytes").GetInt64());
        Assert.Equal(4_194_304, answer.Json.GetProperty("blockBytes").GetInt32());
        Assert.Equal(host.Time.GetUtcNow().AddMinutes(5), answer.Json.GetProperty("expiresAt").GetDateTimeOffset());
        Assert.Contains($"/{videoId}/source?", answer.Json.GetProperty("uploadUrl").GetString(), StringComparison.Ordinal);
        VideoRecord record = Assert.Single(host.Records.All);
        Assert.Equal((videoId, "owner", "clip.mp4"), (record.VideoId.ToString(), record.Owner.ToString(), record.Upload!.FileName));
    }

    [Fact]
    public async Task A_ticket_before_the_upload_has_no_job_no_notice_and_nothing_to_play()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Answer ticket = await host.PostAsync("/api/uploads", Who.Owner, s_clip);
        Answer video = await host.GetAsync(ticket.Header("Location")!, Who.Owner);
        Assert.All(
            (string[])["job", "notification", "playback"],
            name => Assert.Equal(JsonValueKind.Null, video.Json.GetProperty(name).ValueKind));
    }

    [Theory]
    [InlineData("""{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":314572801}""", 413, "UPLOAD_TOO_LARGE")]
    [InlineData("""{"fileName":"a.png","contentType":"image/png","sizeBytes":1}""", 415, "UPLOAD_TYPE_NOT_ALLOWED")]
    [InlineData("""{"fileName":"a.mp4","contentType":null,"sizeBytes":1}""", 415, "UPLOAD_TYPE_NOT_ALLOWED")]
    [InlineData("""{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":0}""", 400, "INVALID_REQUEST")]
    [InlineData("""{"fileName":"a.mp4","contentType":"video/mp4"}""", 400, "INVALID_REQUEST")]
    [InlineData("""{"fileName":"","contentType":"video/mp4","sizeBytes":1}""", 400, "INVALID_REQUEST")]
    [InlineData("""{"fileName":"a\u0000.mp4","contentType":"video/mp4","sizeBytes":1}""", 400, "INVALID_REQUEST")]
    [InlineData("{}", 400, "INVALID_REQUEST")]
    public async Task What_is_refused_says_why_and_leaves_nothing(string body, int status, string code)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Answer answer = await host.PostAsync("/api/uploads", Who.Owner, JsonDocument.Parse(body).RootElement);
        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        Assert.Empty(host.Records.All);
        Assert.Equal(0, host.Uploads.UrlsMade);
    }

    [Fact]
    public async Task Members_that_are_not_known_are_ignored()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Answer answer = await host.PostAsync(
            "/api/uploads", Who.Owner, new { fileName = "a", contentType = "video/mp4", sizeBytes = 1, owner = "other", maxBytes = 9 });
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(ApiHost.Owner, Assert.Single(host.Records.All).Owner);
    }

    [Fact]
    public async Task The_days_quota_ends_with_a_time_to_come_back()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        host.Options.Uploads.PerOwnerAndDay = 2;
        for (int upload = 0; upload < 2; upload++)
        {
            Assert.Equal(HttpStatusCode.Created, (await host.PostAsync("/api/uploads", Who.Owner, s_clip)).Status);
        }

        Answer refused = await host.PostAsync("/api/uploads", Who.Owner, s_clip);
        Assert.Equal((HttpStatusCode.TooManyRequests, "UPLOAD_QUOTA_EXCEEDED"), (refused.Status, refused.Code));
        Assert.Equal(2, host.Records.All.Count);
        Assert.Equal(HttpStatusCode.Created, (await host.PostAsync("/api/uploads", Who.OtherUploader, s_clip)).Status);

        int seconds = int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture);
        host.Time.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.Equal("UPLOAD_QUOTA_EXCEEDED", (await host.PostAsync("/api/uploads", Who.Owner, s_clip)).Code);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Created, (await host.PostAsync("/api/uploads", Who.Owner, s_clip)).Status);
    }

    [Fact]
    public async Task A_renewed_url_is_another_one_until_the_upload_is_complete()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Answer ticket = await host.PostAsync("/api/uploads", Who.Owner, s_clip);
        string videoId = ticket.Json.GetProperty("videoId").GetString()!;
        host.Time.Advance(TimeSpan.FromMinutes(4));

        Answer renewed = await host.PostAsync($"/api/uploads/{videoId}/renew", Who.Owner);
        Assert.Equal(HttpStatusCode.OK, renewed.Status);
        Assert.NotEqual(ticket.Json.GetProperty("uploadUrl").GetString(), renewed.Json.GetProperty("uploadUrl").GetString());
        Assert.Equal(host.Time.GetUtcNow().AddMinutes(5), renewed.Json.GetProperty("expiresAt").GetDateTimeOffset());

        host.Uploads.Put(VideoId.Parse(videoId), 1, 2, 3);
        Answer late = await host.PostAsync($"/api/uploads/{videoId}/renew", Who.Owner);
        Assert.Equal((HttpStatusCode.Conflict, "UPLOAD_COMPLETE"), (late.Status, late.Code));
    }
}
