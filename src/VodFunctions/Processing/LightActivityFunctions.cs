using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Videos;

namespace VodFunctions.Processing;

/// <summary>Activities that call the storage and the push service only: many at a time.</summary>
public static class LightActivityFunctions
{
    /// <summary>Both states PENDING.</summary>
    [Function("OpenJob")]
    public static Task<OpenedJob> OpenJobAsync([ActivityTrigger] UploadedVideo input, FunctionContext context) =>
        context.RunActivityAsync(ProcessVideoActivities.OpenJob, input);

    /// <summary>Media playlists, then the master playlist.</summary>
    [Function("PublishPlaylists")]
    public static Task<PublishedVideo> PublishPlaylistsAsync([ActivityTrigger] PublishInput input, FunctionContext context) =>
        context.RunActivityAsync(ProcessVideoActivities.PublishPlaylists, input);

    /// <summary>Step and percent into the record.</summary>
    [Function("ReportProgress")]
    public static Task<bool> ReportProgressAsync([ActivityTrigger] ProgressReport input, FunctionContext context) =>
        context.RunActivityAsync(ProcessVideoActivities.ReportProgress, input);

    /// <summary>COMPLETED or ERROR.</summary>
    [Function("CloseJob")]
    public static Task<NoticeState> CloseJobAsync([ActivityTrigger] JobEnding input, FunctionContext context) =>
        context.RunActivityAsync(ProcessVideoActivities.CloseJob, input);

    /// <summary>Removes what an ended attempt leaves behind.</summary>
    [Function("CleanUp")]
    public static Task<bool> CleanUpAsync([ActivityTrigger] JobId input, FunctionContext context) =>
        context.RunActivityAsync(ProcessVideoActivities.CleanUp, input);

    /// <summary>How post and notice stand.</summary>
    [Function("ReadNotice")]
    public static Task<NoticeState> ReadNoticeAsync([ActivityTrigger] JobId input, FunctionContext context) =>
        context.RunActivityAsync(ProcessVideoActivities.ReadNotice, input);

    /// <summary>The notice falls due, the post enters the feed.</summary>
    [Function("OpenNotice")]
    public static Task<NoticeState> OpenNoticeAsync([ActivityTrigger] JobId input, FunctionContext context) =>
        context.RunActivityAsync(ProcessVideoActivities.OpenNotice, input);

    /// <summary>Pushes the notice; SENT.</summary>
    [Function("PushNotice")]
    public static Task<NoticeState> PushNoticeAsync([ActivityTrigger] JobId input, FunctionContext context) =>
        context.RunActivityAsync(ProcessVideoActivities.PushNotice, input);

    /// <summary>FAILED.</summary>
    [Function("FailNotice")]
    public static Task<NoticeState> FailNoticeAsync([ActivityTrigger] JobId input, FunctionContext context) =>
        context.RunActivityAsync(ProcessVideoActivities.FailNotice, input);

    /// <summary>Deletes a video that was never posted.</summary>
    [Function("ExpireVideo")]
    public static Task<bool> ExpireVideoAsync(
        [ActivityTrigger] JobId input, [DurableClient] DurableTaskClient client, FunctionContext context) =>
        context.RunActivityAsync(ProcessVideoActivities.ExpireVideo, input);

    /// <summary>Drops the reminder that an orchestration is owed.</summary>
    [Function("Settle")]
    public static Task<bool> SettleAsync([ActivityTrigger] JobId input, FunctionContext context) =>
        context.RunActivityAsync(ProcessVideoActivities.Settle, input);
}
