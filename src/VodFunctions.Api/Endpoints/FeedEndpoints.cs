using Microsoft.AspNetCore.Http;
using VodFunctions.Api.Calls;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Videos;

namespace VodFunctions.Api.Endpoints;

/// <summary><c>/api/feeds</c>.</summary>
internal sealed class FeedEndpoints(Feed feed)
{
    public async Task<IResult> SubmitAsync(ApiCall call)
    {
        SubmitFeedBody body = await JsonBody.ReadAsync<SubmitFeedBody>(call.Context.Request, call.Cancellation);
        if (string.IsNullOrEmpty(body.VideoId))
        {
            throw new ProblemException(ProblemCode.InvalidRequest, "videoId is missing.");
        }

        // What cannot be an id names no video, as in a path.
        if (!VideoId.TryParse(body.VideoId, out VideoId videoId))
        {
            throw ProblemException.NotFound();
        }

        SubmittedFeed submitted = await feed.SubmitAsync(call.Caller, videoId, body.Text, call.Cancellation);
        var answer = new SubmittedFeedBody(submitted.FeedId);
        return submitted.IsNew ? ApiResult.Created(answer, call.PathTo($"videos/{videoId}")) : ApiResult.Json(answer);
    }

    public async Task<IResult> ListAsync(ApiCall call)
    {
        HttpRequest request = call.Context.Request;
        Page<FeedView> page = await feed.ListAsync(
            Query.Text(request, "cursor"), Query.Number(request, "limit"), call.Cancellation);
        return ApiResult.BrieflyPublic(page, variesByToken: false);
    }

    private sealed record SubmitFeedBody(string? Text, string? VideoId);

    private sealed record SubmittedFeedBody(FeedId FeedId);
}
