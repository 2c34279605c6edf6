using VodFunctions.Core.Feeds;
using VodFunctions.Core.Publishing;

namespace VodFunctions.Core.Videos;

/// <summary>A video as the API shows it.</summary>
/// <param name="VideoId">The video.</param>
/// <param name="Owner">Who uploaded it: the id for its owner and admins, else the public name, see <see cref="PublicName"/>.</param>
/// <param name="CreatedAt">When the ticket was issued.</param>
/// <param name="Job">The job; null before the upload is stored.</param>
/// <param name="Notification">The notice; for its owner's eyes only.</param>
/// <param name="Playback">What to play; only when the job is COMPLETED.</param>
/// <param name="Post">The post; null before it is submitted.</param>
/// <param name="FileName">What the uploader's file is called; for the eyes of its owner and of admins only.</param>
public sealed record VideoView(
    VideoId VideoId, string Owner, DateTimeOffset CreatedAt, JobView? Job, NotificationView? Notification,
    PlaybackView? Playback, PostView? Post, string? FileName);

/// <summary>A video's post as the API shows it.</summary>
/// <param name="FeedId">The post.</param>
/// <param name="Text">Plain text, never markup.</param>
/// <param name="SubmittedAt">When "submit" was pressed.</param>
public sealed record PostView(FeedId FeedId, string Text, DateTimeOffset SubmittedAt);

/// <summary>A job as the API shows it.</summary>
/// <param name="Status">PENDING, COMPLETED or ERROR.</param>
/// <param name="Step">What it is doing.</param>
/// <param name="Percent">0 to 100.</param>
/// <param name="Error">Why it failed.</param>
public sealed record JobView(JobStatus Status, JobStep Step, int Percent, JobErrorView? Error);

/// <summary>An error as the API shows it: the operators' detail is left out.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Message">One plain sentence for the uploader.</param>
public sealed record JobErrorView(JobErrorCode Code, string Message);

/// <summary>A notice as the API shows it.</summary>
/// <param name="Status">PENDING, SENT, COMPLETED or FAILED.</param>
public sealed record NotificationView(NotificationStatus Status);

/// <summary>What to play, as URLs.</summary>
/// <param name="Master">The master playlist.</param>
/// <param name="Poster">The first frame; null where none could be made.</param>
/// <param name="Storyboard">The sprite sheet's cues; null where none could be made.</param>
/// <param name="DurationSeconds">Seconds.</param>
/// <param name="Renditions">Largest first.</param>
public sealed record PlaybackView(
    string Master, string? Poster, string? Storyboard, double DurationSeconds, IReadOnlyList<PublishedRendition> Renditions)
{
    /// <summary>Puts the playback origin before the stored paths.</summary>
    /// <param name="video">As published.</param>
    /// <param name="origin">An absolute URL or an absolute path, with or without a slash at its end.</param>
    public static PlaybackView From(PublishedVideo video, string origin)
    {
        string root = origin.TrimEnd('/');
        return new PlaybackView(
            $"{root}/{video.Master}", Below(root, video.Poster), Below(root, video.Storyboard), video.DurationSeconds,
            video.Renditions);
    }

    private static string? Below(string root, string? path) => path is null ? null : $"{root}/{path}";
}
