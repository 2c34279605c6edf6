using Microsoft.AspNetCore.Http;
using VodFunctions.Api.Calls;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Videos;

namespace VodFunctions.Api.Endpoints;

/// <summary><c>/api/videos</c>.</summary>
internal sealed class VideoEndpoints(VideoCatalog catalog, VideoDeletion deletion, Requeueing requeueing)
{
    public async Task<IResult> GetAsync(ApiCall call)
    {
        VideoView video = await catalog.GetAsync(call.SignedIn, call.VideoId, call.Language, call.Cancellation);
        return call.SignedIn is null ? ApiResult.BrieflyPublic(video, variesByToken: true) : ApiResult.Json(video);
    }

    public async Task<IResult> ListAsync(ApiCall call)
    {
        if (Query.Text(call.Context.Request, "mine") != "true")
        {
            throw new ProblemException(ProblemCode.InvalidRequest, "Only mine=true is there: nobody lists the videos of others.");
        }

        string? cursor = Query.Text(call.Context.Request, "cursor");
        return ApiResult.Json(await catalog.ListMineAsync(call.Caller, cursor, call.Language, call.Cancellation));
    }

    public async Task<IResult> DeleteAsync(ApiCall call)
    {
        await deletion.DeleteAsync(call.Caller, call.VideoId, call.Cancellation);
        return ApiResult.Empty(StatusCodes.Status204NoContent);
    }

    public async Task<IResult> RequeueAsync(ApiCall call)
    {
        await requeueing.RequeueAsync(call.Caller, call.VideoId, call.Cancellation);
        return ApiResult.Empty(StatusCodes.Status202Accepted);
    }
}
