using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing;

/// <summary>The names that engines and clients know the orchestration by.</summary>
public static class ProcessVideoNames
{
    /// <summary>The orchestration.</summary>
    public const string Orchestration = "ProcessVideo";

    /// <summary>
    /// The version of its code, as in <c>host.json</c>. Raise it with every change of the order of calls, and branch on
    /// <see cref="Microsoft.DurableTask.TaskOrchestrationContext.CompareVersionTo"/>. 1.0 is the first; what began before it has none.
    /// </summary>
    public const string Version = "1.0";

    /// <summary>Raised after the post has been stored.</summary>
    public const string FeedSubmitted = "FeedSubmitted";

    /// <summary>Raised after the acknowledgement has been stored.</summary>
    public const string NoticeAcknowledged = "NoticeAcknowledged";
}

/// <summary>What starts an orchestration.</summary>
/// <param name="Job">The attempt, and so the instance.</param>
/// <param name="SourceETag">The content to work on; null (a requeue whose upload is gone) ends in SOURCE_GONE.</param>
public sealed record UploadedVideo(JobId Job, string? SourceETag) : IOfJob;
