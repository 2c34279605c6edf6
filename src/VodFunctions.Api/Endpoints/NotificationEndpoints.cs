using Microsoft.AspNetCore.Http;
using VodFunctions.Api.Calls;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Videos;

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
        AcknowledgementBody? body =
            await JsonBody.ReadIfAnyAsync<AcknowledgementBody>(call.Context.Request, call.Cancellation);
        // Without it, a body that meant one notice would acknowledge another.
        JobId? notificationId = body is null or { NotificationId: not null }
            ? body?.NotificationId
            : throw new ProblemException(ProblemCode.InvalidRequest, "notificationId is missing.");
        await notices.AcknowledgeAsync(call.Caller, call.VideoId, notificationId, call.Cancellation);
        return ApiResult.Empty(StatusCodes.Status204NoContent);
    }

    private sealed record AcknowledgementBody(JobId? NotificationId);

    private sealed record ConnectionBody(Uri Url);
}
