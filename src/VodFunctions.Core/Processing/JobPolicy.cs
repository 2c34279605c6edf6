using VodFunctions.Core.Ladder;
using VodFunctions.Core.Media;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Transcoding;

namespace VodFunctions.Core.Processing;

/// <summary>
/// The settings that steer one job, taken when it opens and kept in its history: a setting changed while it runs, or
/// between a kill and a restart, changes only later jobs, so that a replay comes out the same.
/// </summary>
public sealed record JobPolicy
{
    /// <summary>The rungs to choose from.</summary>
    public required IReadOnlyList<Rung> Ladder { get; init; }

    /// <summary>Whether a source's bytes bound a rendition (ADR 21). Its average does in a job of an earlier program.</summary>
    public bool BoundsBytes { get; init; }

    /// <summary>The sound's bitrate.</summary>
    public required Bitrate AudioBitrate { get; init; }

    /// <summary>Target duration of a segment, seconds.</summary>
    public required int SegmentSeconds { get; init; }

    /// <summary>Whether the first segments are short.</summary>
    public required bool FastStart { get; init; }

    /// <summary>The segment format.</summary>
    public required Packaging Packaging { get; init; }

    /// <summary>How much one process takes.</summary>
    public required Grouping Grouping { get; init; }

    /// <summary>The most pixels to decode and encode in all; no bound in a job of an earlier version.</summary>
    public long MaxWorkPixels { get; init; } = long.MaxValue;

    /// <summary>Of activities whose failure may end the job.</summary>
    public required RetrySchedule Retry { get; init; }

    /// <summary>A job not ended by then ends in TIMED_OUT.</summary>
    public required TimeSpan JobDeadline { get; init; }

    /// <summary>A post not submitted by then, after the job's end, expires.</summary>
    public required TimeSpan PostExpiry { get; init; }

    /// <summary>A video never posted is removed that long after its job's end.</summary>
    public required TimeSpan UnpostedMedia { get; init; }

    /// <summary>The waits between pushes, the last one again and again.</summary>
    public required IReadOnlyList<TimeSpan> PushAgainAfter { get; init; }

    /// <summary>A notice not acknowledged by then has failed.</summary>
    public required TimeSpan GiveUpAfter { get; init; }

    /// <summary>The policy that the settings give now.</summary>
    public static JobPolicy From(VodOptions options) => new()
    {
        Ladder = options.Transcoding.GetLadder(),
        BoundsBytes = true,
        AudioBitrate = Bitrate.Parse(options.Transcoding.AudioBitrate),
        SegmentSeconds = options.Transcoding.SegmentSeconds,
        FastStart = options.Transcoding.FastStart,
        Packaging = options.Transcoding.Packaging,
        Grouping = options.Transcoding.Grouping,
        MaxWorkPixels = options.Limits.MaxWorkPixels,
        Retry = new RetrySchedule(options.Retry.MaxAttempts, options.Retry.FirstDelay),
        JobDeadline = options.Transcoding.JobDeadline,
        PostExpiry = options.Notifications.PostExpiry,
        UnpostedMedia = options.Retention.UnpostedMedia,
        PushAgainAfter = options.Notifications.GetPushAgainAfter(),
        GiveUpAfter = options.Notifications.GiveUpAfter,
    };
}
