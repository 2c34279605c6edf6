using Microsoft.AspNetCore.Http;
using VodFunctions.Api.Calls;
using VodFunctions.Core.Uploads;

namespace VodFunctions.Api.Endpoints;

/// <summary><c>/api/uploads</c>.</summary>
internal sealed class UploadEndpoints(UploadTickets tickets)
{
    public async Task<IResult> IssueAsync(ApiCall call)
    {
        UploadRequest request = await JsonBody.ReadAsync<UploadRequest>(call.Context.Request, call.Cancellation);
        UploadTicket ticket = await tickets.IssueAsync(call.Caller, request, call.Cancellation);
        return ApiResult.Created(ticket, call.PathTo($"videos/{ticket.VideoId}"));
    }

    public async Task<IResult> PolicyAsync(ApiCall call) =>
        ApiResult.Json(await tickets.PolicyAsync(call.Caller, call.Cancellation));

    public async Task<IResult> RenewAsync(ApiCall call) =>
        ApiResult.Json(await tickets.RenewAsync(call.Caller, call.VideoId, call.Cancellation));
}
