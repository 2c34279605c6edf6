using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Api.Tests.Support;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Videos;
using VodFunctions.Testing;
using VodFunctions.Testing.InMemory;
using Xunit;

namespace VodFunctions.Api.Tests.Endpoints;

public sealed class FeedEndpointsTests
{
    [Fact]
    public async Task The_same_post_again_is_the_same_post()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoId videoId = host.Records.Seed(Some.Pending()).VideoId;
        var post = new { text = "our holiday 우리", videoId = videoId.ToString() };

        Answer first = await host.PostAsync("/api/feeds", Who.Owner, post);
        Answer again = await host.PostAsync("/api/feeds", Who.Owner, post);
        Answer other = await host.PostAsync("/api/feeds", Who.Owner, new { text = "another", post.videoId });

        Assert.Equal((HttpStatusCode.Created, $"/api/videos/{videoId}"), (first.Status, first.Header("Location")));
        Assert.Equal((HttpStatusCode.OK, first.Text), (again.Status, again.Text));
        Assert.Equal((HttpStatusCode.Conflict, "POST_EXISTS"), (other.Status, other.Code));
        Assert.Equal("our holiday 우리", Assert.Single(host.Records.All).Post!.Text);
    }

    [Theory]
    [InlineData("Alice Kim", "Alice Kim")]
    [InlineData("a\u0000b", null)]
    [InlineData(null, null)]
    public async Task Strangers_see_the_name_or_a_pseudonym_and_never_the_id(string? claim, string? shown)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoRecord record = host.Records.Seed(Some.Completed());
        string token = host.Tokens.Create(claims =>
        {
            claims["sub"] = record.Owner.ToString();
            if (claim is not null)
            {
                claims["name"] = claim;
            }
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/feeds")
        {
            Content = JsonContent.Create(new { text = "x", videoId = record.VideoId.ToString() }),
        };
        await host.SendAsync(request, token);
        SubmittedPost post = Assert.Single(host.Records.All).Post!;
        await host.FeedStore.PutAsync(
            new(post.FeedId, record.VideoId, record.Owner, post.Text, post.SubmittedAt, record.Published!) { Author = post.Author },
            default);

        string expected = shown ?? PublicName.Pseudonym(record.Owner, FixedPseudonymKey.Key.Span);
        Answer feed = await host.GetAsync("/api/feeds");
        Answer video = await host.GetAsync($"/api/videos/{record.VideoId}", Who.OtherUploader);
        Answer own = await host.GetAsync($"/api/videos/{record.VideoId}", Who.Owner);

        Assert.Equal(expected, feed.Json.GetProperty("items")[0].GetProperty("owner").GetString());
        Assert.Equal(expected, video.Json.GetProperty("owner").GetString());
        Assert.Equal("owner", own.Json.GetProperty("owner").GetString());
        Assert.DoesNotContain("\"owner\":\"owner\"", feed.Text + video.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_storage_stalls_a_viewer_is_told_to_come_back_within_seconds()
    {
        var time = new FakeTimeProvider();
        var stalled = new StalledFeed();
        await using ApiHost host = await ApiHost.StartAsync(services =>
        {
            services.AddSingleton<TimeProvider>(time);
            services.AddSingleton<IFeedStore>(stalled);
        });
        Task<Answer> asked = host.GetAsync("/api/feeds");
        await stalled.Asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        time.Advance(TimeSpan.FromSeconds(10));

        Answer answer = await asked.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE", "5"), (answer.Status, answer.Code, answer.Header("Retry-After")));
    }

    [Fact]
    public async Task A_post_after_its_time_is_refused()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoId videoId = host.Records.Seed(Some.Completed().FailNotice(1)).VideoId;
        Answer answer = await host.PostAsync("/api/feeds", Who.Owner, new { text = "late", videoId = videoId.ToString() });
        Assert.Equal((HttpStatusCode.Conflict, "POST_EXPIRED"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("""{"text":"","videoId":"$"}""", 400)]
    [InlineData("""{"text":"   ","videoId":"$"}""", 400)]
    [InlineData("""{"videoId":"$"}""", 400)]
    [InlineData("""{"text":"x"}""", 400)]
    [InlineData("""{"text":"x","videoId":""}""", 400)]
    [InlineData("""{"text":"x","videoId":5}""", 400)]
    [InlineData("""{"text":["x"],"videoId":"$"}""", 400)]
    [InlineData("""{"text":"x","text":"y","videoId":"$"}""", 400)]
    [InlineData("""{"text":"\ud800","videoId":"$"}""", 400)]
    [InlineData("""{"text":"x","videoId":"\u0000"}""", 404)]
    [InlineData("""{"text":"x","videoId":"../../$"}""", 404)]
    public async Task What_cannot_be_a_post_is_refused(string body, int status)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoId videoId = host.Records.Seed(Some.Pending()).VideoId;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/feeds")
        {
            Content = new StringContent(body.Replace("$", videoId.ToString(), StringComparison.Ordinal), null, "application/json"),
        };
        Answer answer = await host.SendAsync(request, host.TokenOf(Who.Owner));
        Assert.Equal((status, status == 400 ? "INVALID_REQUEST" : "NOT_FOUND"), ((int)answer.Status, answer.Code));
        Assert.Null(Assert.Single(host.Records.All).Post);
    }

    [Fact]
    public async Task The_longest_post_fits_in_a_request_however_it_is_escaped()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoId videoId = host.Records.Seed(Some.Pending()).VideoId;
        string escaped = string.Concat(Enumerable.Repeat("\\uac00", Feed.MaxTextLength));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/feeds")
        {
            Content = new StringContent($$"""{"text":"{{escaped}}","videoId":"{{videoId}}"}""", null, "application/json"),
        };
        Assert.Equal(HttpStatusCode.Created, (await host.SendAsync(request, host.TokenOf(Who.Owner))).Status);
        Answer longer = await host.PostAsync(
            "/api/feeds", Who.Owner, new { text = new string('x', Feed.MaxTextLength + 1), videoId = videoId.ToString() });
        Assert.Equal("INVALID_REQUEST", longer.Code);
    }

    [Fact]
    public async Task The_feed_is_public_newest_first_and_cached_briefly()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoId[] videos = [.. await Task.WhenAll(Enumerable.Range(0, 5).Select(async minute =>
        {
            VideoRecord record = Some.Completed().Posted("<b>&\"'</b>");
            await host.FeedStore.PutAsync(Some.Entry(record, host.Time.GetUtcNow().AddMinutes(minute)), default);
            return record.VideoId;
        }))];

        Answer first = await host.GetAsync("/api/feeds?limit=3");
        Assert.Equal("public, max-age=5", first.Header("Cache-Control"));
        Answer second = await host.GetAsync($"/api/feeds?limit=3&cursor={first.Json.GetProperty("cursor").GetString()}");
        IEnumerable<string> found = first.Json.GetProperty("items").EnumerateArray()
            .Concat(second.Json.GetProperty("items").EnumerateArray())
            .Select(item => item.GetProperty("videoId").GetString()!);
        Assert.Equal(videos.Reverse().Select(id => id.ToString()), found);
        Assert.Equal(JsonValueKind.Null, second.Json.GetProperty("cursor").ValueKind);
        // A page that puts the answer into its HTML by mistake is not lost at once.
        Assert.DoesNotContain("<b>", first.Text, StringComparison.Ordinal);
        Assert.Equal("<b>&\"'</b>", first.Json.GetProperty("items")[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=51")]
    [InlineData("limit=-1")]
    [InlineData("limit=abc")]
    [InlineData("limit=1.5")]
    [InlineData("limit=99999999999999999999")]
    [InlineData("limit=1&limit=2")]
    [InlineData("cursor=%00")]
    [InlineData("cursor=../../state")]
    public async Task A_page_that_cannot_be_is_refused_and_not_cached(string query)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Answer answer = await host.GetAsync("/api/feeds?" + query);
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_REQUEST"), (answer.Status, answer.Code));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task An_empty_cursor_or_limit_is_none()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/api/feeds?cursor=&limit=")).Status);
    }

    private sealed class StalledFeed : IFeedStore
    {
        public TaskCompletionSource Asked { get; } = new();

        public Task PutAsync(FeedEntry entry, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RemoveAsync(FeedId feedId, DateTimeOffset submittedAt, CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task<Page<FeedEntry>> ListAsync(string? cursor, int limit, CancellationToken cancellationToken)
        {
            Asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("Not reached.");
        }
    }
}
