using System.Net;
using System.Text.Json;
using VodFunctions.Api.Endpoints;
using VodFunctions.Api.Tests.Support;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Api.Tests.Endpoints;

public sealed class AccessTests
{
    // Endpoint, the video at hand, then the answer for: nobody, viewer, another uploader, the owner, an admin.
    public static TheoryData<string, string, int, int, int, int, int> Table => new()
    {
        { "IssueUploadTicket", "ticket", 401, 403, 201, 201, 403 },
        { "GetUploadPolicy", "unknown", 401, 403, 200, 200, 403 },
        { "RenewUploadTicket", "ticket", 401, 404, 404, 200, 404 },
        { "GetVideo", "ticket", 404, 404, 404, 200, 200 },
        { "GetVideo", "pending", 404, 404, 404, 200, 200 },
        { "GetVideo", "completed", 404, 404, 404, 200, 200 },
        { "GetVideo", "failed and posted", 404, 404, 404, 200, 200 },
        { "GetVideo", "completed and posted", 200, 200, 200, 200, 200 },
        { "GetVideo", "deleted", 404, 404, 404, 404, 404 },
        { "GetVideo", "unknown", 404, 404, 404, 404, 404 },
        { "ListVideos", "pending", 401, 403, 200, 200, 403 },
        { "DeleteVideo", "completed and posted", 401, 404, 404, 204, 204 },
        { "DeleteVideo", "deleted", 401, 404, 404, 404, 404 },
        { "RequeueVideo", "failed", 401, 403, 403, 403, 202 },
        { "SubmitFeed", "pending", 401, 404, 404, 201, 404 },
        { "ListFeeds", "completed and posted", 200, 200, 200, 200, 200 },
        { "ConnectNotifications", "ticket", 401, 403, 200, 200, 403 },
        { "ListNotifications", "sent", 401, 403, 200, 200, 403 },
        { "AcknowledgeNotification", "sent", 401, 404, 404, 204, 404 },
        { "GetLiveness", "unknown", 200, 200, 200, 200, 200 },
        { "GetReadiness", "unknown", 200, 200, 200, 200, 200 },
        { "GetOpenApi", "unknown", 200, 200, 200, 200, 200 },
    };

    [Fact]
    public void Every_endpoint_is_in_the_table() => Assert.Equal(
        VodEndpoints.All.Select(endpoint => endpoint.Name).Order(),
        Table.Select(row => (string)row[0]).Distinct().Order());

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Each_may_do_what_the_contract_says(
        string endpoint, string video, int nobody, int viewer, int other, int owner, int admin)
    {
        int[] expected = [nobody, viewer, other, owner, admin];
        foreach (Who who in Enum.GetValues<Who>())
        {
            await using ApiHost host = await ApiHost.StartAsync();
            VideoId videoId = Seed(host, video);
            Answer answer = await CallAsync(host, endpoint, videoId, who);
            Assert.True((int)answer.Status == expected[(int)who], $"{endpoint}, {video}, {who}: {answer.Status} {answer.Text}");
        }
    }

    [Fact]
    public async Task Anothers_and_unknown_look_the_same()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoId theirs = host.Records.Seed(Some.Failed()).VideoId;
        foreach (string endpoint in (string[])["RenewUploadTicket", "GetVideo", "DeleteVideo", "SubmitFeed", "AcknowledgeNotification"])
        {
            Answer there = await CallAsync(host, endpoint, theirs, Who.OtherUploader);
            Answer nowhere = await CallAsync(host, endpoint, Some.Unknown, Who.OtherUploader);
            Assert.Equal(HttpStatusCode.NotFound, there.Status);
            Assert.Equal((nowhere.Status, nowhere.Text), (there.Status, there.Text));
            Assert.Equal(nowhere.Headers.Keys.Order(), there.Headers.Keys.Order());
        }
    }

    [Fact]
    public async Task Roles_come_before_everything_else()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Assert.Equal("FORBIDDEN", (await host.PostAsync("/api/videos/no-id/requeue", Who.Owner)).Code);
        Assert.Equal("UNAUTHENTICATED", (await host.PostAsync("/api/videos/no-id/requeue", Who.Nobody)).Code);
        Assert.Equal("FORBIDDEN", (await host.PostAsync("/api/uploads", Who.Viewer, "no object")).Code);
    }

    private static VideoId Seed(ApiHost host, string video) => video switch
    {
        "ticket" => host.Records.Seed(Some.Ticket()).VideoId,
        "pending" => host.Records.Seed(Some.Pending()).VideoId,
        "completed" => host.Records.Seed(Some.Completed()).VideoId,
        "failed" => host.Records.Seed(Some.Failed()).VideoId,
        "failed and posted" => host.Records.Seed(Some.Failed().Posted()).VideoId,
        "completed and posted" => host.Records.Seed(Some.Completed().Posted()).VideoId,
        "sent" => host.Records.Seed(Some.Completed().Posted().Sent()).VideoId,
        "deleted" => host.Records.Seed(Some.Completed().Posted().Delete(host.Time.GetUtcNow())).VideoId,
        _ => Some.Unknown,
    };

    private static Task<Answer> CallAsync(ApiHost host, string name, VideoId videoId, Who who)
    {
        VodEndpoint endpoint = VodEndpoints.All.Single(found => found.Name == name);
        string query = name == "ListVideos" ? "?mine=true" : "";
        object? body = name switch
        {
            "IssueUploadTicket" => JsonSerializer.SerializeToElement(
                new { fileName = "clip.mp4", contentType = "video/mp4", sizeBytes = 1000 }),
            "SubmitFeed" => JsonSerializer.SerializeToElement(new { text = "hello", videoId = videoId.ToString() }),
            _ => null,
        };
        string path = "/api/" + endpoint.Route.Replace("{videoId}", videoId.ToString(), StringComparison.Ordinal) + query;
        return host.SendAsync(new HttpMethod(endpoint.Method), path, who, body);
    }
}
