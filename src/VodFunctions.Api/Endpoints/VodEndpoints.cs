using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Api.Calls;

namespace VodFunctions.Api.Endpoints;

/// <summary>Every endpoint of the API: the local host maps them all, the Functions app has a function for each.</summary>
public static class VodEndpoints
{
    /// <summary>The table.</summary>
    public static IReadOnlyList<VodEndpoint> All { get; } =
    [
        Of<UploadEndpoints>("IssueUploadTicket", "POST", "uploads", Access.Uploader,
            (group, call) => group.IssueAsync(call)),
        Of<UploadEndpoints>("GetUploadPolicy", "GET", "uploads/policy", Access.Uploader,
            (group, call) => group.PolicyAsync(call)),
        Of<UploadEndpoints>("RenewUploadTicket", "POST", "uploads/{videoId}/renew", Access.Authenticated,
            (group, call) => group.RenewAsync(call)),
        Of<VideoEndpoints>("GetVideo", "GET", "videos/{videoId}", Access.Optional,
            (group, call) => group.GetAsync(call)),
        Of<VideoEndpoints>("ListVideos", "GET", "videos", Access.Uploader,
            (group, call) => group.ListAsync(call)),
        Of<VideoEndpoints>("DeleteVideo", "DELETE", "videos/{videoId}", Access.Authenticated,
            (group, call) => group.DeleteAsync(call)) with
        {
            // An hour of video is thousands of files; what is left when the time is over is the sweep's.
            Limit = TimeSpan.FromSeconds(30),
        },
        Of<VideoEndpoints>("RequeueVideo", "POST", "videos/{videoId}/requeue", Access.Admin,
            (group, call) => group.RequeueAsync(call)),
        Of<FeedEndpoints>("SubmitFeed", "POST", "feeds", Access.Authenticated,
            (group, call) => group.SubmitAsync(call)),
        Of<FeedEndpoints>("ListFeeds", "GET", "feeds", Access.Anyone,
            (group, call) => group.ListAsync(call)),
        Of<NotificationEndpoints>("ConnectNotifications", "POST", "notifications/connect", Access.Uploader,
            (group, call) => group.ConnectAsync(call)),
        Of<NotificationEndpoints>("ListNotifications", "GET", "notifications", Access.Uploader,
            (group, call) => group.ListAsync(call)),
        Of<NotificationEndpoints>("AcknowledgeNotification", "POST", "notifications/{videoId}/ack", Access.Authenticated,
            (group, call) => group.AcknowledgeAsync(call)),
        new("GetLiveness", "GET", "health/live", Access.Anyone, (_, _) => HealthEndpoints.LiveAsync()),
        Of<HealthEndpoints>("GetReadiness", "GET", "health/ready", Access.Anyone,
            (group, call) => group.ReadyAsync(call)),
        new("GetOpenApi", "GET", "openapi.json", Access.Anyone, (_, _) => OpenApiEndpoints.GetAsync()),
    ];

    private static VodEndpoint Of<TGroup>(
        string name, string method, string route, Access access, Func<TGroup, ApiCall, Task<IResult>> handler)
        where TGroup : notnull =>
        new(name, method, route, access, (services, call) => handler(services.GetRequiredService<TGroup>(), call));
}
