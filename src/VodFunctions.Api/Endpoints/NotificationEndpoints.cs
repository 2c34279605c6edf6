using Microsoft.AspNetCore.Http;
using VodFunctions.Api.Calls;
using VodFunctions.Core.Notifications;

namespace VodFunctions.Api.Endpoints;

/// <summary><c>/api/notifications</c>.</summary>
internal sealed class NotificationEndpoints(Notices notices)
{
    public async Task<IResult> ConnectAsync(ApiCall call) =>
        ApiResult.Json(new ConnectionBody(await notices.ConnectAsync(call.Caller, call.Cancellation)));

    public async Task<IResult> ListAsync(ApiCall call)
    {
        string? cursor = Query.Text(call.Context.Request, "cursor");
        return ApiResult.Json(await notices.ListAsync(call.Caller, cursor, call.Language, call.Cancellation));
    }

    public async Task<IResult> AcknowledgeAsync(ApiCall call)
    {
        await notices.AcknowledgeAsync(call.Caller, call.VideoId, call.Cancellation);
        return ApiResult.Empty(StatusCodes.Status204NoContent);
    }

    private sealed record ConnectionBody(Uri Url);
}
