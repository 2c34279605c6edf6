using System.Text.Json.Serialization;
using VodFunctions.Core.Json;

namespace VodFunctions.Core.Videos;

/// <summary>How a job stands. <c>PENDING</c> -> <c>COMPLETED</c> | <c>ERROR</c>; a requeue: <c>ERROR</c> -> <c>PENDING</c>.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<JobStatus>))]
public enum JobStatus
{
    /// <summary>Waiting or running.</summary>
    Pending,

    /// <summary>Published and playable.</summary>
    Completed,

    /// <summary>Rejected or failed, see <see cref="VodProcessingJob.Error"/>.</summary>
    Error,
}

/// <summary>What a job is doing.</summary>
[JsonConverter(typeof(CamelEnumConverter<JobStep>))]
public enum JobStep
{
    /// <summary>Checks what the file is.</summary>
    Probe,

    /// <summary>Makes renditions, sound and stills.</summary>
    Transcode,

    /// <summary>Writes the playlists.</summary>
    Publish,

    /// <summary>Ended.</summary>
    Done,
}

/// <summary>The state of processing one video. Immutable; it changes through <see cref="VideoTransitions"/> only.</summary>
public sealed record VodProcessingJob
{
    /// <summary>How it stands.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>1 for the upload, 2 and on for each requeue.</summary>
    public required int Attempt { get; init; }

    /// <summary>What it is doing.</summary>
    public JobStep Step { get; init; }

    /// <summary>Finished work by cost, 0 to 100.</summary>
    public int Percent { get; init; }

    /// <summary>Why it ended in <see cref="JobStatus.Error"/>.</summary>
    public JobError? Error { get; init; }

    /// <summary>The ETag of the upload that this attempt reads.</summary>
    public required string SourceETag { get; init; }

    /// <summary>When this attempt was opened.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When this attempt ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
