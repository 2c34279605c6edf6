using System.Text.Json;
using VodFunctions.Api.Calls;
using VodFunctions.Api.Tests.Support;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Api.Tests.Contract;

public sealed class DescribedAnswersTests
{
    // Those that any operation may give; the tests of problems see to them.
    private static readonly string[] s_anywhere = ["INTERNAL", "SERVICE_UNAVAILABLE"];

    [Fact]
    public async Task Every_answer_that_is_described_is_given()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        await CallUploadsAsync(host);
        await CallVideosAsync(host);
        await CallFeedsAsync(host);
        await CallNotificationsAsync(host);
        await CallHealthAsync(host);
        Assert.Equal(Described().Order(), host.Seen.Select(Name).Distinct().Order());
    }

    private static IEnumerable<string> Described() =>
        from operation in OpenApiContract.Operations
        let id = operation.Operation.GetProperty("operationId").GetString()!
        from response in operation.Operation.GetProperty("responses").EnumerateObject()
        from code in Codes(OpenApiContract.Schemas.Resolve(response.Value))
        where !s_anywhere.Contains(code)
        select Name(new SeenAnswer(id, int.Parse(response.Name, System.Globalization.CultureInfo.InvariantCulture), code));

    private static IEnumerable<string?> Codes(JsonElement response) =>
        response.TryGetProperty("content", out JsonElement content)
        && content.TryGetProperty("application/problem+json", out JsonElement media)
            ? media.GetProperty("schema").GetProperty("allOf")[1].GetProperty("properties").GetProperty("code").GetProperty("enum")
                .EnumerateArray().Select(code => code.GetString())
            : [null];

    private static string Name(SeenAnswer answer) => $"{answer.OperationId} {answer.Status} {answer.Code}";

    private static async Task CallUploadsAsync(ApiHost host)
    {
        object good = new { fileName = "a.mp4", contentType = "video/mp4", sizeBytes = 1 };
        Answer ticket = await host.PostAsync("/api/uploads", Who.Owner, good);
        string renew = $"/api/uploads/{ticket.Json.GetProperty("videoId").GetString()}/renew";
        await host.PostAsync("/api/uploads", Who.Owner, new { });
        await host.PostAsync("/api/uploads", Who.Nobody, good);
        await host.PostAsync("/api/uploads", Who.Viewer, good);
        await host.PostAsync("/api/uploads", Who.Owner, new { fileName = "a", contentType = "video/mp4", sizeBytes = 1L << 40 });
        await host.PostAsync("/api/uploads", Who.Owner, new { fileName = "a", contentType = "text/plain", sizeBytes = 1 });
        await SendRefusedBodiesAsync(host, "/api/uploads");
        host.Options.Uploads.PerOwnerAndDay = 1;
        await host.PostAsync("/api/uploads", Who.Owner, good);

        foreach (Who who in (Who[])[Who.Nobody, Who.Viewer, Who.Owner])
        {
            await host.GetAsync("/api/uploads/policy", who);
        }

        await host.PostAsync(renew, Who.Owner);
        await host.PostAsync(renew, Who.Nobody);
        await host.PostAsync(renew, Who.OtherUploader);
        await host.PostAsync($"/api/uploads/{host.Records.Seed(Some.Pending()).VideoId}/renew", Who.Owner);
    }

    private static async Task CallVideosAsync(ApiHost host)
    {
        await host.GetAsync("/api/videos?mine=true", Who.Owner);
        await host.GetAsync("/api/videos", Who.Owner);
        await host.GetAsync("/api/videos?mine=true");
        await host.GetAsync("/api/videos?mine=true", Who.Viewer);
        VideoId failed = host.Records.Seed(Some.Failed()).VideoId;
        string requeue = $"/api/videos/{failed}/requeue";
        foreach (Who who in (Who[])[Who.Nobody, Who.Owner, Who.Admin, Who.Admin])
        {
            await host.PostAsync(requeue, who);
        }

        await host.PostAsync($"/api/videos/{Some.Unknown}/requeue", Who.Admin);
        await host.GetAsync($"/api/videos/{failed}", Who.Owner);
        await host.GetAsync($"/api/videos/{failed}");
        using var wrong = new HttpRequestMessage(HttpMethod.Get, $"/api/videos/{failed}");
        await host.SendAsync(wrong, "nonsense");
        foreach (Who who in (Who[])[Who.Nobody, Who.OtherUploader, Who.Owner])
        {
            await host.SendAsync(HttpMethod.Delete, $"/api/videos/{failed}", who);
        }
    }

    private static async Task CallFeedsAsync(ApiHost host)
    {
        VideoRecord shown = Some.Completed().Posted();
        await host.FeedStore.PutAsync(Some.Entry(shown, shown.Post!.SubmittedAt), default);
        await host.GetAsync("/api/feeds");
        await host.GetAsync("/api/feeds?limit=0");
        string videoId = host.Records.Seed(Some.Pending()).VideoId.ToString();
        string expired = host.Records.Seed(Some.Completed().FailNotice(1)).VideoId.ToString();
        await host.PostAsync("/api/feeds", Who.Owner, new { text = "a", videoId });
        await host.PostAsync("/api/feeds", Who.Owner, new { text = "a", videoId });
        await host.PostAsync("/api/feeds", Who.Owner, new { text = "b", videoId });
        await host.PostAsync("/api/feeds", Who.Owner, new { text = "a", videoId = expired });
        await host.PostAsync("/api/feeds", Who.Owner, new { text = "", videoId });
        await host.PostAsync("/api/feeds", Who.Nobody, new { text = "a", videoId });
        await host.PostAsync("/api/feeds", Who.OtherUploader, new { text = "a", videoId });
        await SendRefusedBodiesAsync(host, "/api/feeds");
    }

    private static async Task CallNotificationsAsync(ApiHost host)
    {
        foreach (Who who in (Who[])[Who.Nobody, Who.Viewer, Who.Owner])
        {
            await host.PostAsync("/api/notifications/connect", who);
            await host.GetAsync("/api/notifications", who);
        }

        await host.GetAsync("/api/notifications?cursor=x", Who.Owner);
        string ack = $"/api/notifications/{host.Records.Seed(Some.Completed().Posted().Sent()).VideoId}/ack";
        await host.PostAsync(ack, Who.Owner);
        await host.PostAsync(ack, Who.Owner, new { notificationId = "x" });
        await SendRefusedBodiesAsync(host, ack);
        await host.PostAsync(ack, Who.Nobody);
        await host.PostAsync(ack, Who.OtherUploader);
        await host.PostAsync($"/api/notifications/{host.Records.Seed(Some.Pending()).VideoId}/ack", Who.Owner);
    }

    private static async Task CallHealthAsync(ApiHost host)
    {
        await host.GetAsync("/api/health/live");
        await host.GetAsync("/api/health/ready");
        await host.GetAsync("/api/openapi.json");
    }

    private static async Task SendRefusedBodiesAsync(ApiHost host, string path)
    {
        using var noJson = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("a") };
        await host.SendAsync(noJson, host.TokenOf(Who.Owner));
        using var huge = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(new string(' ', JsonBody.MaxBytes + 1), null, "application/json"),
        };
        await host.SendAsync(huge, host.TokenOf(Who.Owner));
    }
}
