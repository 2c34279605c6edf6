using System.Text.Json.Serialization;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Json;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Notifications;

/// <summary>What is pushed to the uploader, and listed for one who was away.</summary>
/// <param name="Type"><c>video.completed</c> or <c>video.failed</c>.</param>
/// <param name="NotificationId"><c>{videoId}-{attempt}</c>: the same for every repetition.</param>
/// <param name="VideoId">The video.</param>
/// <param name="FeedId">Its post.</param>
/// <param name="Title">The post's first line, shortened, so that a message can name the video.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Playback">What to play.</param>
public sealed record Notice(
    string Type, JobId NotificationId, VideoId VideoId, FeedId? FeedId, string? Title, JobErrorView? Error,
    PlaybackView? Playback)
{
    /// <summary>The notice of a job that has ended.</summary>
    /// <param name="record">Its job is COMPLETED or ERROR.</param>
    /// <param name="playbackOrigin">See <see cref="PlaybackView.From"/>.</param>
    /// <param name="language">For the error's sentence.</param>
    public static Notice Of(VideoRecord record, string playbackOrigin, string? language = null) => new(
        record.Job!.Status == JobStatus.Completed ? "video.completed" : "video.failed",
        new JobId(record.VideoId, record.Job.Attempt),
        record.VideoId,
        record.Post?.FeedId,
        record.Post is null ? null : PostTitle.Of(record.Post.Text),
        record.Job.Error is null ? null : new JobErrorView(
            record.Job.Error.Code, JobErrorMessages.For(record.Job.Error.Code, language)),
        record.Published is null ? null : PlaybackView.From(record.Published, playbackOrigin));
}

/// <summary>How far a job is, pushed at most once a second per video and at each part's end, and stored nowhere.</summary>
/// <param name="VideoId">The video.</param>
/// <param name="Step">What it is doing.</param>
/// <param name="Part">Which rendition, <c>a128k</c> for the sound.</param>
/// <param name="Percent">Of that part, 0 to 100.</param>
public sealed record ProgressNotice(VideoId VideoId, JobStep Step, string Part, int Percent)
{
    /// <summary>Always <c>video.progress</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "video.progress";

    /// <summary>The JSON that is pushed.</summary>
    public string ToJson() => VodJson.Serialize(this);
}
