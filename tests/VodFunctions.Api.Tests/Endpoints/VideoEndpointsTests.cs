using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using VodFunctions.Api.Tests.Support;
using VodFunctions.Core.Json;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Api.Tests.Endpoints;

public sealed class VideoEndpointsTests
{
    [Fact]
    public async Task A_public_video_may_be_kept_for_a_moment_by_those_who_have_no_token()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoRecord video = host.Records.Seed(Some.Posted(Some.Completed()));

        Answer viewer = await host.GetAsync($"/api/videos/{video.VideoId}");
        Answer owner = await host.GetAsync($"/api/videos/{video.VideoId}", Who.Owner);
        Answer missing = await host.GetAsync($"/api/videos/{new string('0', 32)}");

        Assert.Equal(("public, max-age=5", "Authorization"), (viewer.Header("Cache-Control"), viewer.Header("Vary")));
        Assert.Equal(("no-store", "no-store"), (owner.Header("Cache-Control"), missing.Header("Cache-Control")));
    }

    [Fact]
    public async Task Only_the_owner_sees_how_the_notice_stands()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        string path = $"/api/videos/{host.Records.Seed(Some.Completed().Posted().Sent()).VideoId}";
        foreach (Who who in Enum.GetValues<Who>())
        {
            JsonElement notice = (await host.GetAsync(path, who)).Json.GetProperty("notification");
            Assert.Equal(who == Who.Owner ? JsonValueKind.Object : JsonValueKind.Null, notice.ValueKind);
        }

        Assert.Equal("SENT", (await host.GetAsync(path, Who.Owner)).Json.GetProperty("notification").GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_post_is_for_all_who_see_the_video_and_the_files_name_for_owner_and_admins()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoRecord record = host.Records.Seed(Some.Completed().Posted("우리 휴가 <b>"));
        foreach (Who who in Enum.GetValues<Who>())
        {
            JsonElement video = (await host.GetAsync($"/api/videos/{record.VideoId}", who)).Json;
            JsonElement post = video.GetProperty("post");
            Assert.Equal("우리 휴가 <b>", post.GetProperty("text").GetString());
            Assert.Equal(record.Post!.FeedId.ToString(), post.GetProperty("feedId").GetString());
            Assert.Equal(record.Post.SubmittedAt, post.GetProperty("submittedAt").GetDateTimeOffset());
            Assert.Equal(
                who is Who.Owner or Who.Admin ? "clip.mp4" : null, video.GetProperty("fileName").GetString());
        }
    }

    [Fact]
    public async Task The_owners_list_gives_post_and_files_name_as_far_as_they_are_there()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        host.Records.Seed(Some.Pending().Posted());
        host.Records.Seed(Some.Ticket() with { Upload = null, CreatedAt = host.Time.GetUtcNow() });

        JsonElement[] items = [.. (await host.GetAsync("/api/videos?mine=true", Who.Owner)).Json.GetProperty("items").EnumerateArray()];

        Assert.Equal(JsonValueKind.Null, items[0].GetProperty("post").ValueKind);
        Assert.Equal(JsonValueKind.Null, items[0].GetProperty("fileName").ValueKind);
        Assert.Equal("hello", items[1].GetProperty("post").GetProperty("text").GetString());
        Assert.Equal("clip.mp4", items[1].GetProperty("fileName").GetString());
    }

    [Fact]
    public async Task A_completed_video_says_what_to_play()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        host.Options.PlaybackOrigin = "https://cdn.test/media/";
        VideoId videoId = host.Records.Seed(Some.Completed().Posted()).VideoId;
        Answer answer = await host.GetAsync($"/api/videos/{videoId}");

        JsonElement job = answer.Json.GetProperty("job");
        Assert.Equal(("COMPLETED", "done", 100), (job.GetProperty("status").GetString(), job.GetProperty("step").GetString(), job.GetProperty("percent").GetInt32()));
        Assert.False(job.TryGetProperty("error", out _));
        JsonElement playback = answer.Json.GetProperty("playback");
        Assert.Equal($"https://cdn.test/media/{videoId}/1/master.m3u8", playback.GetProperty("master").GetString());
        Assert.Equal(2, playback.GetProperty("renditions").GetArrayLength());
        Assert.Equal("public, max-age=5", answer.Header("Cache-Control"));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("en-US,en;q=0.9", false)]
    [InlineData("ko", true)]
    [InlineData("ko-KR,ko;q=0.9,en;q=0.8", true)]
    [InlineData("en;q=0.5, ko;q=0.9", true)]
    [InlineData("fr, ko;q=0.2", true)]
    [InlineData("ko;q=0, fr", false)]
    [InlineData("*", false)]
    [InlineData(";;;,,q=", false)]
    public async Task An_error_speaks_the_callers_language(string? accepted, bool korean)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoId videoId = host.Records.Seed(Some.Rejected()).VideoId;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/videos/{videoId}");
        if (accepted is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        }

        JsonElement error = (await host.SendAsync(request, host.TokenOf(Who.Owner))).Json.GetProperty("job").GetProperty("error");
        Assert.Equal("NOT_A_VIDEO", error.GetProperty("code").GetString());
        Assert.Equal(
            JobErrorMessages.For(JobErrorCode.NotAVideo, korean ? "ko" : "en"), error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Every_error_code_is_shown_without_the_operators_detail()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        foreach (JobErrorCode code in Enum.GetValues<JobErrorCode>())
        {
            VideoRecord record = host.Records.Seed(Some.Failed(code).Posted().Sent());
            await host.NoticeIndex.AddAsync(record.Owner, new JobId(record.VideoId, 1), record.CreatedAt, default);
            Answer[] answers =
            [
                await host.GetAsync($"/api/videos/{record.VideoId}", Who.Owner),
                await host.GetAsync($"/api/videos/{record.VideoId}", Who.Admin),
                await host.GetAsync("/api/videos?mine=true", Who.Owner),
                await host.GetAsync("/api/notifications", Who.Owner),
            ];
            string name = VodJson.Serialize(code);
            Assert.All(answers, answer => Assert.Contains(name, answer.Text, StringComparison.Ordinal));
            Assert.All(answers, answer => Assert.DoesNotContain(Some.SecretDetail, answer.Text, StringComparison.Ordinal));
            Assert.All(answers, answer => Assert.DoesNotContain("detail", answer.Text, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task A_listing_holds_the_callers_own_newest_first_page_by_page()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoId[] mine = [.. Enumerable.Range(0, 45).Select(minute =>
            host.Records.Seed(Some.Pending() with { CreatedAt = host.Time.GetUtcNow().AddMinutes(minute) }).VideoId)];
        host.Records.Seed(Some.Pending() with { Owner = UserId.Parse("other") });

        var found = new List<string>();
        string? cursor = null;
        do
        {
            Answer page = await host.GetAsync("/api/videos?mine=true" + (cursor is null ? "" : $"&cursor={cursor}"), Who.Owner);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            found.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("videoId").GetString()!));
            cursor = page.Json.GetProperty("cursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(mine.Reverse().Select(id => id.ToString()), found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?mine=false")]
    [InlineData("?mine=true&mine=true")]
    [InlineData("?mine=true&cursor=zz")]
    [InlineData("?mine=true&cursor=a&cursor=b")]
    [InlineData("?mine=true&cursor=00")]
    public async Task A_listing_that_is_not_understood_is_refused(string query)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Answer answer = await host.GetAsync("/api/videos" + query, Who.Owner);
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_REQUEST"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("completed")]
    [InlineData("rejected")]
    [InlineData("ticket")]
    public async Task Only_a_failed_job_is_requeued(string stage)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoRecord record = host.Records.Seed(stage switch
        {
            "pending" => Some.Pending(),
            "completed" => Some.Completed(),
            "rejected" => Some.Rejected(),
            _ => Some.Ticket(),
        });
        Answer answer = await host.PostAsync($"/api/videos/{record.VideoId}/requeue", Who.Admin);
        Assert.Equal((HttpStatusCode.Conflict, "JOB_NOT_REQUEUEABLE"), (answer.Status, answer.Code));
        Assert.Empty(host.Orchestrations.Instances);
    }

    [Fact]
    public async Task A_requeue_starts_the_next_attempt()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoId videoId = host.Records.Seed(Some.Failed()).VideoId;
        Answer answer = await host.PostAsync($"/api/videos/{videoId}/requeue", Who.Admin);
        Assert.Equal((HttpStatusCode.Accepted, ""), (answer.Status, answer.Text));
        Assert.Contains($"{videoId}-2", host.Orchestrations.Instances.Keys);
        Answer video = await host.GetAsync($"/api/videos/{videoId}", Who.Owner);
        Assert.Equal("PENDING", video.Json.GetProperty("job").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_deleted_video_is_gone_for_everyone()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoRecord record = host.Records.Seed(Some.Completed().Posted());
        await host.FeedStore.PutAsync(Some.Entry(record, record.Post!.SubmittedAt), default);
        Answer deleted = await host.SendAsync(HttpMethod.Delete, $"/api/videos/{record.VideoId}", Who.Owner);
        Assert.Equal((HttpStatusCode.NoContent, ""), (deleted.Status, deleted.Text));
        foreach (Who who in Enum.GetValues<Who>())
        {
            Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync($"/api/videos/{record.VideoId}", who)).Status);
        }

        Assert.Empty((await host.GetAsync("/api/feeds")).Json.GetProperty("items").EnumerateArray());
        Assert.Empty((await host.GetAsync("/api/videos?mine=true", Who.Owner)).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_wrong_token_is_refused_even_where_none_is_needed()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoId videoId = host.Records.Seed(Some.Completed().Posted()).VideoId;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/videos/{videoId}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "nonsense");
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(request)).Status);
    }
}
