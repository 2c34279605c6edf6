using VodFunctions.Core.Ladder;
using VodFunctions.Core.Media;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Transcoding;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing;

/// <summary>The activities that <see cref="ProcessVideo"/> calls, with their types.</summary>
public static class ProcessVideoActivities
{
    /// <summary>Both states PENDING; gives the policy.</summary>
    public static readonly ActivityName<UploadedVideo, OpenedJob> OpenJob = new(nameof(OpenJob));

    /// <summary>Facts about the file, or a rejection.</summary>
    public static readonly ActivityName<SourceRef, ProbeOutcome> ProbeSource = new(nameof(ProbeSource), ActivityLoad.Media);

    /// <summary>One process: renditions with one decode.</summary>
    public static readonly ActivityName<TranscodeInput, WorkOutcome> Transcode = new(nameof(Transcode), ActivityLoad.Media);

    /// <summary>The shared sound rendition.</summary>
    public static readonly ActivityName<MediaJob, WorkOutcome> TranscodeAudio = new(nameof(TranscodeAudio), ActivityLoad.Media);

    /// <summary>Poster and storyboard.</summary>
    public static readonly ActivityName<StillsInput, StillsOutcome> MakeStills = new(nameof(MakeStills), ActivityLoad.Media);

    /// <summary>Media playlists, then the master playlist.</summary>
    public static readonly ActivityName<PublishInput, PublishedVideo> PublishPlaylists = new(nameof(PublishPlaylists));

    /// <summary>Writes step and percent into the record.</summary>
    public static readonly ActivityName<ProgressReport, bool> ReportProgress = new(nameof(ReportProgress));

    /// <summary>COMPLETED or ERROR.</summary>
    public static readonly ActivityName<JobEnding, NoticeState> CloseJob = new(nameof(CloseJob));

    /// <summary>Removes what an ended attempt leaves behind.</summary>
    public static readonly ActivityName<JobId, bool> CleanUp = new(nameof(CleanUp));

    /// <summary>Reads how post and notice stand.</summary>
    public static readonly ActivityName<JobId, NoticeState> ReadNotice = new(nameof(ReadNotice));

    /// <summary>The notice falls due; the post enters the feed.</summary>
    public static readonly ActivityName<JobId, NoticeState> OpenNotice = new(nameof(OpenNotice));

    /// <summary>Pushes the notice; SENT.</summary>
    public static readonly ActivityName<JobId, NoticeState> PushNotice = new(nameof(PushNotice));

    /// <summary>FAILED.</summary>
    public static readonly ActivityName<JobId, NoticeState> FailNotice = new(nameof(FailNotice));

    /// <summary>Deletes a video that was never posted.</summary>
    public static readonly ActivityName<JobId, bool> ExpireVideo = new(nameof(ExpireVideo));

    /// <summary>Drops the reminder that an orchestration is owed, when none is.</summary>
    public static readonly ActivityName<JobId, bool> Settle = new(nameof(Settle));
}

/// <summary>What OpenJob says.</summary>
/// <param name="Policy">None when the job must not go on: the video is deleted, unknown, or another attempt is under way.</param>
/// <param name="Ended">Set when the job has ended before: only its notice is still owed.</param>
public sealed record OpenedJob(JobPolicy? Policy, NoticeState? Ended = null);

/// <summary>The content that an attempt works on.</summary>
/// <param name="Job">The attempt.</param>
/// <param name="ETag">The content; null when there was none to begin with.</param>
public sealed record SourceRef(JobId Job, string? ETag) : IOfJob;

/// <summary>What all media activities of an attempt share.</summary>
/// <param name="Job">The attempt.</param>
/// <param name="ETag">The content.</param>
/// <param name="Facts">What ProbeSource found.</param>
/// <param name="Grid">Frames, groups and segments.</param>
/// <param name="Packaging">The segment format.</param>
/// <param name="AudioBitrate">The sound's.</param>
public sealed record MediaJob(
    JobId Job, string ETag, SourceFacts Facts, TimeGrid Grid, Packaging Packaging, Bitrate AudioBitrate)
    : IOfJob;

/// <summary>What Transcode makes.</summary>
/// <param name="Media">The attempt.</param>
/// <param name="Renditions">In one process.</param>
public sealed record TranscodeInput(MediaJob Media, IReadOnlyList<Rendition> Renditions) : IOfJob
{
    JobId IOfJob.Job => Media.Job;
}

/// <summary>What MakeStills makes.</summary>
/// <param name="Media">The attempt.</param>
/// <param name="PosterSize">That of the largest rendition.</param>
public sealed record StillsInput(MediaJob Media, PixelSize PosterSize) : IOfJob
{
    JobId IOfJob.Job => Media.Job;
}

/// <summary>How a media activity ended, where another attempt at it would be in vain; else it throws.</summary>
/// <param name="Error">Null when it succeeded.</param>
public sealed record WorkOutcome(JobError? Error)
{
    /// <summary>All was made and stored.</summary>
    public static WorkOutcome Done { get; } = new((JobError?)null);
}

/// <summary>How MakeStills ended, where another attempt at it would be in vain; else it throws.</summary>
/// <param name="Made">What there is to show; not said by earlier programs, where it was both or an error.</param>
/// <param name="Error">Why there is less; for the log, as the job goes on.</param>
public sealed record StillsOutcome(MadeStills? Made, JobError? Error);

/// <summary>What PublishPlaylists writes.</summary>
/// <param name="Job">The attempt.</param>
/// <param name="Grid">Gives the target duration.</param>
/// <param name="VideoTracks">Names of renditions, largest first.</param>
/// <param name="AudioTrack">The name of the shared sound rendition.</param>
/// <param name="AudioLanguage">ISO 639-2, when the file says.</param>
/// <param name="Stills">What there is to show; both where it is not said.</param>
public sealed record PublishInput(
    JobId Job, TimeGrid Grid, IReadOnlyList<string> VideoTracks, string? AudioTrack, string? AudioLanguage, MadeStills? Stills = null)
    : IOfJob;

/// <summary>How far an attempt is.</summary>
/// <param name="Job">The attempt.</param>
/// <param name="Step">What it does.</param>
/// <param name="Percent">Finished work by cost.</param>
public sealed record ProgressReport(JobId Job, JobStep Step, int Percent) : IOfJob;

/// <summary>How an attempt ended: exactly one of the two.</summary>
/// <param name="Job">The attempt.</param>
/// <param name="Published">What viewers play.</param>
/// <param name="Error">Why it failed.</param>
public sealed record JobEnding(JobId Job, PublishedVideo? Published, JobError? Error) : IOfJob;

/// <summary>How post and notice stand, for the orchestration to decide on.</summary>
/// <param name="IsCurrent">False when the video is deleted or another attempt has begun: the orchestration ends.</param>
/// <param name="IsPosted">Whether "submit" was pressed.</param>
/// <param name="Status">The notice.</param>
/// <param name="JobEndedAt">When the job ended.</param>
/// <param name="DueAt">When the notice fell due.</param>
public sealed record NoticeState(
    bool IsCurrent, bool IsPosted, NotificationStatus Status, DateTimeOffset? JobEndedAt = null, DateTimeOffset? DueAt = null)
{
    /// <summary>Reads it off a record.</summary>
    public static NoticeState Of(VideoRecord? record, JobId job) =>
        record is { IsDeleted: false, Job: not null, Notification: not null } && record.Job.Attempt == job.Attempt
            ? new NoticeState(
                true, record.Post is not null, record.Notification.Status, record.Job.EndedAt, record.Notification.DueAt)
            : new NoticeState(false, false, NotificationStatus.Pending);
}
