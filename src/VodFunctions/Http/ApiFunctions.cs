using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VodFunctions.Api;

namespace VodFunctions.Http;

/// <summary>
/// A function for each endpoint of the API, which has all the rest: callers are known by the site's token, so no function
/// has a key. A test compares them with the API's own table. Where a use case needs the engine, the function asks the host for
/// the engine's client, and <see cref="Durable.DurableClientMiddleware"/> hands it on.
/// </summary>
public sealed class ApiFunctions(VodApi api)
{
    /// <summary>A ticket for one upload.</summary>
    [Function("IssueUploadTicket")]
    public Task<IResult> IssueUploadTicketAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "uploads")] HttpRequest request) =>
        api.InvokeAsync("IssueUploadTicket", request.HttpContext);

    /// <summary>What the caller may upload now.</summary>
    [Function("GetUploadPolicy")]
    public Task<IResult> GetUploadPolicyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "uploads/policy")] HttpRequest request) =>
        api.InvokeAsync("GetUploadPolicy", request.HttpContext);

    /// <summary>A new URL for the same upload.</summary>
    [Function("RenewUploadTicket")]
    public Task<IResult> RenewUploadTicketAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "uploads/{videoId}/renew")] HttpRequest request) =>
        api.InvokeAsync("RenewUploadTicket", request.HttpContext);

    /// <summary>One video.</summary>
    [Function("GetVideo")]
    public Task<IResult> GetVideoAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "videos/{videoId}")] HttpRequest request) =>
        api.InvokeAsync("GetVideo", request.HttpContext);

    /// <summary>The caller's videos.</summary>
    [Function("ListVideos")]
    public Task<IResult> ListVideosAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "videos")] HttpRequest request) =>
        api.InvokeAsync("ListVideos", request.HttpContext);

    /// <summary>Deletes a video at any stage.</summary>
    [Function("DeleteVideo")]
    public Task<IResult> DeleteVideoAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "videos/{videoId}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.InvokeAsync("DeleteVideo", request.HttpContext);

    /// <summary>Another attempt at a failed job.</summary>
    [Function("RequeueVideo")]
    public Task<IResult> RequeueVideoAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "videos/{videoId}/requeue")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.InvokeAsync("RequeueVideo", request.HttpContext);

    /// <summary>"Submit" was pressed.</summary>
    [Function("SubmitFeed")]
    public Task<IResult> SubmitFeedAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "feeds")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.InvokeAsync("SubmitFeed", request.HttpContext);

    /// <summary>The feed, newest first.</summary>
    [Function("ListFeeds")]
    public Task<IResult> ListFeedsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "feeds")] HttpRequest request) =>
        api.InvokeAsync("ListFeeds", request.HttpContext);

    /// <summary>A Web PubSub client URL for the caller.</summary>
    [Function("ConnectNotifications")]
    public Task<IResult> ConnectNotificationsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "notifications/connect")] HttpRequest request) =>
        api.InvokeAsync("ConnectNotifications", request.HttpContext);

    /// <summary>Notices that are not acknowledged.</summary>
    [Function("ListNotifications")]
    public Task<IResult> ListNotificationsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "notifications")] HttpRequest request) =>
        api.InvokeAsync("ListNotifications", request.HttpContext);

    /// <summary>The client has shown the notice.</summary>
    [Function("AcknowledgeNotification")]
    public Task<IResult> AcknowledgeNotificationAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "notifications/{videoId}/ack")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.InvokeAsync("AcknowledgeNotification", request.HttpContext);

    /// <summary>Whether the process answers.</summary>
    [Function("GetLiveness")]
    public Task<IResult> GetLivenessAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/live")] HttpRequest request) =>
        api.InvokeAsync("GetLiveness", request.HttpContext);

    /// <summary>Whether all that it needs answers.</summary>
    [Function("GetReadiness")]
    public Task<IResult> GetReadinessAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request) =>
        api.InvokeAsync("GetReadiness", request.HttpContext);

    /// <summary>The API's description.</summary>
    [Function("GetOpenApi")]
    public Task<IResult> GetOpenApiAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi.json")] HttpRequest request) =>
        api.InvokeAsync("GetOpenApi", request.HttpContext);

    /// <summary>Every other path: 404, or 405 with what the path allows.</summary>
    [Function("UnknownPath")]
    public IResult UnknownPath(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", Route = "{*rest}")]
        HttpRequest request) => api.InvokeUnknown(request.HttpContext);
}
