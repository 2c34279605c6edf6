using System.ComponentModel.DataAnnotations;

namespace VodFunctions.Core.Settings;

/// <summary><c>Vod:Retention</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>An upload is kept that long after COMPLETED.</summary>
    /// <value>1 day</value>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan UploadAfterCompleted { get; set; } = TimeSpan.FromDays(1);

    /// <summary>An upload is kept that long after a failure (for a requeue). After a rejection it is removed at once.</summary>
    /// <value>14 days</value>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan UploadAfterError { get; set; } = TimeSpan.FromDays(14);

    /// <summary>A video whose post was never submitted is removed that long after its job's end.</summary>
    /// <value>30 days</value>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan UnpostedMedia { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A ticket is renewed that long; one whose upload is not complete by then is forgotten with what was sent of it.</summary>
    /// <value>3 days</value>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan UnusedTicket { get; set; } = TimeSpan.FromDays(3);

    /// <summary>The history of an ended orchestration is purged after that.</summary>
    /// <value>30 days</value>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan History { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A deleted video is swept until that long after its deletion: longer than any activity or ticket lives.</summary>
    /// <value>1 hour</value>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan DeletionSweep { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often the sweep runs.</summary>
    /// <value>5 minutes</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(5);
}
