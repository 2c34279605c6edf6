using VodFunctions.Core.Feeds;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Videos;
using VodFunctions.Testing;
using VodFunctions.Testing.InMemory;
using Xunit;

namespace VodFunctions.Core.Tests.Feeds;

public sealed class FeedTests : IAsyncDisposable
{
    private readonly VodWorld _world = new();
    private readonly RecordingOrchestrationClient _engine;

    public FeedTests() => _engine = _world.WithoutEngine();

    [Fact]
    public async Task A_post_before_the_upload_has_arrived_is_stored_and_raises_nothing()
    {
        VideoId videoId = await _world.IssueAsync();

        SubmittedFeed post = await _world.PostAsync(videoId);

        Assert.True(post.IsNew);
        Assert.Equal(post.FeedId, (await _world.RecordAsync(videoId)).Post!.FeedId);
        Assert.Empty(_engine.Raised);
    }

    [Fact]
    public async Task A_post_while_the_job_runs_is_stored_before_its_event_is_raised()
    {
        VideoId videoId = await _world.IssueAsync();
        await _world.Records.UpdateAsync(videoId, record => record.OpenJob(1, "e", _world.Time.GetUtcNow()), default);

        await _world.PostAsync(videoId);

        Assert.Equal(($"{videoId}-1", ProcessVideoNames.FeedSubmitted), Assert.Single(_engine.Raised));
    }

    [Fact]
    public async Task The_same_post_again_is_the_same_post_and_another_text_is_refused()
    {
        VideoId videoId = await _world.IssueAsync();
        SubmittedFeed first = await _world.PostAsync(videoId);

        SubmittedFeed again = await _world.PostAsync(videoId);

        Assert.Equal((first.FeedId, false), (again.FeedId, again.IsNew));
        Assert.Equal(ProblemCode.PostExists, await CodeAsync(() => _world.PostAsync(videoId, text: "Another")));
    }

    [Fact]
    public async Task The_same_post_ten_times_at_once_is_one_post()
    {
        VideoId videoId = await _world.IssueAsync();

        SubmittedFeed[] posts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => _world.PostAsync(videoId))));

        Assert.Single(posts.Select(post => post.FeedId).Distinct());
        Assert.Single(posts, post => post.IsNew);
    }

    [Fact]
    public async Task Only_the_owner_posts_and_only_with_a_text()
    {
        VideoId videoId = await _world.IssueAsync();

        Assert.Equal(ProblemCode.NotFound, await CodeAsync(() => _world.PostAsync(videoId, VodWorld.Bob)));
        Assert.Equal(ProblemCode.NotFound, await CodeAsync(() => _world.PostAsync(videoId, VodWorld.Admin)));
        Assert.Equal(ProblemCode.InvalidRequest, await CodeAsync(() => _world.PostAsync(videoId, text: "  ")));
        Assert.Equal(ProblemCode.InvalidRequest, await CodeAsync(() => _world.PostAsync(videoId, text: new string('x', 5001))));
    }

    [Fact]
    public async Task A_post_after_its_time_is_refused_as_expired()
    {
        VideoId videoId = await _world.IssueAsync();
        DateTimeOffset now = _world.Time.GetUtcNow();
        await _world.Records.UpdateAsync(
            videoId, record => record.OpenJob(1, "e", now).FailJob(1, new(JobErrorCode.Internal), now).FailNotice(1), default);

        Assert.Equal(ProblemCode.PostExpired, await CodeAsync(() => _world.PostAsync(videoId)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(51)]
    public async Task A_page_size_out_of_bounds_is_refused(int limit) =>
        Assert.Equal(ProblemCode.InvalidRequest, await CodeAsync(() => _world.Get<Feed>().ListAsync(null, limit, default)));

    private static async Task<ProblemCode> CodeAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<ProblemException>(call)).Code;

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
