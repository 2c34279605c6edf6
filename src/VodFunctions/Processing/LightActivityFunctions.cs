using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace VodFunctions.Processing;

/// <summary>Activities that call the storage and the push service only: many at a time.</summary>
public sealed class LightActivityFunctions(ActivityRunner activities)
{
    /// <summary>Both states PENDING.</summary>
    [Function("OpenJob")]
    public Task<JsonElement> OpenJobAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.RunAsync(context, input);

    /// <summary>Media playlists, then the master playlist.</summary>
    [Function("PublishPlaylists")]
    public Task<JsonElement> PublishPlaylistsAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.RunAsync(context, input);

    /// <summary>Step and percent into the record.</summary>
    [Function("ReportProgress")]
    public Task<JsonElement> ReportProgressAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.RunAsync(context, input);

    /// <summary>COMPLETED or ERROR.</summary>
    [Function("CloseJob")]
    public Task<JsonElement> CloseJobAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.RunAsync(context, input);

    /// <summary>Removes what an ended attempt leaves behind.</summary>
    [Function("CleanUp")]
    public Task<JsonElement> CleanUpAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.RunAsync(context, input);

    /// <summary>How post and notice stand.</summary>
    [Function("ReadNotice")]
    public Task<JsonElement> ReadNoticeAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.RunAsync(context, input);

    /// <summary>The notice falls due, the post enters the feed.</summary>
    [Function("OpenNotice")]
    public Task<JsonElement> OpenNoticeAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.RunAsync(context, input);

    /// <summary>Pushes the notice; SENT.</summary>
    [Function("PushNotice")]
    public Task<JsonElement> PushNoticeAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.RunAsync(context, input);

    /// <summary>FAILED.</summary>
    [Function("FailNotice")]
    public Task<JsonElement> FailNoticeAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.RunAsync(context, input);

    /// <summary>Deletes a video that was never posted.</summary>
    [Function("ExpireVideo")]
    public Task<JsonElement> ExpireVideoAsync(
        [ActivityTrigger] JsonElement input, [DurableClient] DurableTaskClient client, FunctionContext context) =>
        activities.RunAsync(context, input);

    /// <summary>Drops the reminder that an orchestration is owed.</summary>
    [Function("Settle")]
    public Task<JsonElement> SettleAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.RunAsync(context, input);
}
