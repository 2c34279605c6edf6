using System.Net;
using System.Text.Json;
using VodFunctions.Api.Tests.Support;
using VodFunctions.Core.Json;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Api.Tests.Endpoints;

public sealed class NotificationEndpointsTests
{
    [Fact]
    public async Task A_missed_notice_is_listed_as_it_was_pushed_until_it_is_acknowledged()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoRecord record = await SeedAsync(host, Some.Completed().Posted("hello\nand more").Sent());

        Answer list = await host.GetAsync("/api/notifications", Who.Owner);
        JsonElement item = Assert.Single(list.Json.GetProperty("items").EnumerateArray());
        JsonElement pushed = JsonSerializer.SerializeToElement(Notice.Of(record, "/media"), VodJson.Options);
        Assert.True(JsonElement.DeepEquals(pushed, item), item.GetRawText());
        Assert.Equal("hello", item.GetProperty("title").GetString());
        Assert.Equal(JsonValueKind.Null, list.Json.GetProperty("cursor").ValueKind);
        Assert.Empty((await host.GetAsync("/api/notifications", Who.OtherUploader)).Json.GetProperty("items").EnumerateArray());

        for (int time = 0; time < 2; time++)
        {
            Answer ack = await host.PostAsync($"/api/notifications/{record.VideoId}/ack", Who.Owner);
            Assert.Equal((HttpStatusCode.NoContent, ""), (ack.Status, ack.Text));
        }

        Assert.Empty((await host.GetAsync("/api/notifications", Who.Owner)).Json.GetProperty("items").EnumerateArray());
        Answer video = await host.GetAsync($"/api/videos/{record.VideoId}", Who.Owner);
        Assert.Equal("COMPLETED", video.Json.GetProperty("notification").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_failure_is_told_in_the_callers_language()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        await SeedAsync(host, Some.Failed().Posted().Sent());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/notifications");
        request.Headers.Add("Accept-Language", "ko-KR");
        JsonElement item = (await host.SendAsync(request, host.TokenOf(Who.Owner))).Json.GetProperty("items")[0];
        Assert.Equal("video.failed", item.GetProperty("type").GetString());
        Assert.False(item.TryGetProperty("playback", out _));
        Assert.Equal(
            JobErrorMessages.For(JobErrorCode.EncodeFailed, "ko"), item.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task What_is_not_due_cannot_be_acknowledged()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoId videoId = host.Records.Seed(Some.Completed()).VideoId;
        Answer answer = await host.PostAsync($"/api/notifications/{videoId}/ack", Who.Owner);
        Assert.Equal((HttpStatusCode.Conflict, "NOTIFICATION_NOT_DUE"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task The_id_of_the_current_notice_acknowledges_it_and_an_earlier_ones_changes_nothing()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoRecord record = await SeedAsync(host, Some.Completed().Posted().Sent());
        record = host.Records.Seed(record with { Job = record.Job! with { Attempt = 2 } });

        Answer late = await AcknowledgeAsync(host, record, $"{record.VideoId}-1");
        Assert.Equal((HttpStatusCode.NoContent, ""), (late.Status, late.Text));
        Assert.Equal(NotificationStatus.Sent, (await host.Records.FindAsync(record.VideoId, default))!.Notification!.Status);

        Answer current = await AcknowledgeAsync(host, record, $"{record.VideoId}-2");
        Assert.Equal((HttpStatusCode.NoContent, ""), (current.Status, current.Text));
        Assert.Equal(NotificationStatus.Completed, (await host.Records.FindAsync(record.VideoId, default))!.Notification!.Status);
    }

    [Theory]
    [InlineData("ffffffffffffffffffffffffffffffff-1")]
    [InlineData("{0}-2")]
    [InlineData("{0}-0")]
    [InlineData("{0}-01")]
    [InlineData("{0}")]
    [InlineData("{0}-1 ")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(1)]
    public async Task An_id_that_names_no_notice_of_the_video_is_refused(object? id)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoRecord record = await SeedAsync(host, Some.Completed().Posted().Sent());
        object? sent = id is string text ? text.Replace("{0}", record.VideoId.ToString(), StringComparison.Ordinal) : id;

        Answer answer = await AcknowledgeAsync(host, record, sent);

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_REQUEST"), (answer.Status, answer.Code));
        Assert.Equal(NotificationStatus.Sent, (await host.Records.FindAsync(record.VideoId, default))!.Notification!.Status);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData(" ")]
    public async Task A_body_that_names_no_notice_never_acknowledges_whichever_is_current(string body)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoRecord record = await SeedAsync(host, Some.Completed().Posted().Sent());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/notifications/{record.VideoId}/ack");
        request.Content = new StringContent(body, null, "application/json");

        Answer answer = await host.SendAsync(request, host.TokenOf(Who.Owner));

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_REQUEST"), (answer.Status, answer.Code));
        Assert.Equal(NotificationStatus.Sent, (await host.Records.FindAsync(record.VideoId, default))!.Notification!.Status);
    }

    [Fact]
    public async Task An_empty_body_is_none_whatever_type_it_claims()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoRecord record = await SeedAsync(host, Some.Completed().Posted().Sent());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/notifications/{record.VideoId}/ack");
        request.Content = new StringContent("", null, "application/json");

        Assert.Equal(HttpStatusCode.NoContent, (await host.SendAsync(request, host.TokenOf(Who.Owner))).Status);
        Assert.Equal(NotificationStatus.Completed, (await host.Records.FindAsync(record.VideoId, default))!.Notification!.Status);
    }

    [Fact]
    public async Task A_stranger_learns_nothing_from_an_id()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoRecord record = await SeedAsync(host, Some.Completed().Posted().Sent());
        foreach (string id in (string[])[$"{record.VideoId}-1", $"{record.VideoId}-2", $"{Some.Unknown}-1"])
        {
            Answer answer = await AcknowledgeAsync(host, record, id, Who.OtherUploader);
            Assert.Equal((HttpStatusCode.NotFound, "NOT_FOUND"), (answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task A_connection_is_for_the_caller_alone()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Answer mine = await host.PostAsync("/api/notifications/connect", Who.Owner);
        Answer theirs = await host.PostAsync("/api/notifications/connect", Who.OtherUploader);
        Assert.Contains(ApiHost.Owner.ToPathSegment(), mine.Json.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(mine.Text, theirs.Text);
        Assert.Equal("no-store", mine.Header("Cache-Control"));
    }

    [Fact]
    public async Task The_list_is_paged_by_its_cursor_while_notices_are_acknowledged()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        var expected = new List<string>();
        for (int index = 0; index < 120; index++)
        {
            expected.Add($"{(await SeedAsync(host, Some.Completed().Posted().Sent())).VideoId}-1");
        }

        var seen = new List<string>();
        var sizes = new List<int>();
        string? query = "";
        do
        {
            JsonElement page = (await host.GetAsync($"/api/notifications{query}", Who.Owner)).Json;
            string[] ids =
                [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("notificationId").GetString()!)];
            foreach (string id in ids)
            {
                await host.PostAsync($"/api/notifications/{JobId.Parse(id).VideoId}/ack", Who.Owner, new { notificationId = id });
            }

            seen.AddRange(ids);
            sizes.Add(ids.Length);
            query = page.GetProperty("cursor").GetString() is { } cursor ? $"?cursor={Uri.EscapeDataString(cursor)}" : null;
        }
        while (query is not null);

        Assert.Equal([50, 50, 20], sizes);
        Assert.Equal(expected.Order(), seen.Order());
        Assert.Empty((await host.GetAsync("/api/notifications", Who.Owner)).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task An_unreadable_cursor_is_refused()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Assert.Equal("INVALID_REQUEST", (await host.GetAsync("/api/notifications?cursor=x", Who.Owner)).Code);
    }

    private static Task<Answer> AcknowledgeAsync(ApiHost host, VideoRecord record, object? id, Who who = Who.Owner) =>
        host.PostAsync(
            $"/api/notifications/{record.VideoId}/ack", who, new Dictionary<string, object?> { ["notificationId"] = id });

    private static async Task<VideoRecord> SeedAsync(ApiHost host, VideoRecord record)
    {
        host.Records.Seed(record);
        await host.NoticeIndex.AddAsync(record.Owner, new JobId(record.VideoId, 1), record.Notification!.DueAt!.Value, default);
        return record;
    }
}
