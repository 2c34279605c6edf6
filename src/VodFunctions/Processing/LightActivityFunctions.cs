using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Videos;

namespace VodFunctions.Processing;

/// <summary>Activities that call the storage and the push service only: many at a time.</summary>
public sealed class LightActivityFunctions(ActivityRunner activities)
{
    /// <summary>Both states PENDING.</summary>
    [Function("OpenJob")]
    public Task<OpenedJob> OpenJobAsync([ActivityTrigger] UploadedVideo input, FunctionContext context) =>
        activities.RunAsync(ProcessVideoActivities.OpenJob, input, context);

    /// <summary>Media playlists, then the master playlist.</summary>
    [Function("PublishPlaylists")]
    public Task<PublishedVideo> PublishPlaylistsAsync([ActivityTrigger] PublishInput input, FunctionContext context) =>
        activities.RunAsync(ProcessVideoActivities.PublishPlaylists, input, context);

    /// <summary>Step and percent into the record.</summary>
    [Function("ReportProgress")]
    public Task<bool> ReportProgressAsync([ActivityTrigger] ProgressReport input, FunctionContext context) =>
        activities.RunAsync(ProcessVideoActivities.ReportProgress, input, context);

    /// <summary>COMPLETED or ERROR.</summary>
    [Function("CloseJob")]
    public Task<NoticeState> CloseJobAsync([ActivityTrigger] JobEnding input, FunctionContext context) =>
        activities.RunAsync(ProcessVideoActivities.CloseJob, input, context);

    /// <summary>Removes what an ended attempt leaves behind.</summary>
    [Function("CleanUp")]
    public Task<bool> CleanUpAsync([ActivityTrigger] JobId input, FunctionContext context) =>
        activities.RunAsync(ProcessVideoActivities.CleanUp, input, context);

    /// <summary>How post and notice stand.</summary>
    [Function("ReadNotice")]
    public Task<NoticeState> ReadNoticeAsync([ActivityTrigger] JobId input, FunctionContext context) =>
        activities.RunAsync(ProcessVideoActivities.ReadNotice, input, context);

    /// <summary>The notice falls due, the post enters the feed.</summary>
    [Function("OpenNotice")]
    public Task<NoticeState> OpenNoticeAsync([ActivityTrigger] JobId input, FunctionContext context) =>
        activities.RunAsync(ProcessVideoActivities.OpenNotice, input, context);

    /// <summary>Pushes the notice; SENT.</summary>
    [Function("PushNotice")]
    public Task<NoticeState> PushNoticeAsync([ActivityTrigger] JobId input, FunctionContext context) =>
        activities.RunAsync(ProcessVideoActivities.PushNotice, input, context);

    /// <summary>FAILED.</summary>
    [Function("FailNotice")]
    public Task<NoticeState> FailNoticeAsync([ActivityTrigger] JobId input, FunctionContext context) =>
        activities.RunAsync(ProcessVideoActivities.FailNotice, input, context);

    /// <summary>Deletes a video that was never posted.</summary>
    [Function("ExpireVideo")]
    public Task<bool> ExpireVideoAsync(
        [ActivityTrigger] JobId input, [DurableClient] DurableTaskClient client, FunctionContext context) =>
        activities.RunAsync(ProcessVideoActivities.ExpireVideo, input, context);

    /// <summary>Drops the reminder that an orchestration is owed.</summary>
    [Function("Settle")]
    public Task<bool> SettleAsync([ActivityTrigger] JobId input, FunctionContext context) =>
        activities.RunAsync(ProcessVideoActivities.Settle, input, context);
}
