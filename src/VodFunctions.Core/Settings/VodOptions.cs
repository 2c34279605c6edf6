using System.ComponentModel.DataAnnotations;
using VodFunctions.Core.Ladder;
using VodFunctions.Core.Media;
using VodFunctions.Core.Transcoding;

namespace VodFunctions.Core.Settings;

/// <summary>All settings, section <c>Vod</c>. Checked at start by <see cref="VodOptionsValidator"/>.</summary>
public sealed class VodOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Vod";

    /// <summary>The site's time zone, IANA name; a day of the upload quota begins there.</summary>
    /// <value><c>Asia/Seoul</c></value>
    [Required]
    public string TimeZone { get; set; } = "Asia/Seoul";

    /// <summary>What stands before the path of a media file: an absolute URL, or a path on the API's own host.</summary>
    /// <value><c>/media</c></value>
    [Required]
    public string PlaybackOrigin { get; set; } = "/media";

    /// <summary>Tickets.</summary>
    public UploadOptions Uploads { get; set; } = new();

    /// <summary>What a source may be.</summary>
    public SourceLimits Limits { get; set; } = new();

    /// <summary>Ladder, packaging and processes.</summary>
    public TranscodingOptions Transcoding { get; set; } = new();

    /// <summary>Posts and notices.</summary>
    public NotificationOptions Notifications { get; set; } = new();

    /// <summary>How long things are kept.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>Retries of activities.</summary>
    public RetryOptions Retry { get; set; } = new();
}

/// <summary><c>Vod:Uploads</c>.</summary>
public sealed class UploadOptions
{
    /// <summary>The largest upload, in bytes.</summary>
    /// <value>314,572,800 (300 MiB)</value>
    [Range(1, 1L << 40)]
    public long MaxBytes { get; set; } = 314_572_800;

    /// <summary>How long an upload URL can be used.</summary>
    /// <value>5 minutes</value>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan TicketLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The size of a block that clients are advised to use, in bytes.</summary>
    /// <value>4,194,304 (4 MiB)</value>
    [Range(64 * 1024, 100 * 1024 * 1024)]
    public int BlockBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Tickets per owner and day.</summary>
    /// <value>20</value>
    [Range(1, 100_000)]
    public int PerOwnerAndDay { get; set; } = 20;
}

/// <summary><c>Vod:Limits</c>: what a source may be.</summary>
public sealed class SourceLimits
{
    /// <summary>The shortest, exclusive of nothing.</summary>
    /// <value>0.1 s</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan MinDuration { get; set; } = TimeSpan.FromSeconds(0.1);

    /// <summary>The longest.</summary>
    /// <value>60 minutes</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>The most pixels of a picture, coded or shown.</summary>
    /// <value>36,000,000</value>
    [Range(1, 1_000_000_000)]
    public long MaxPixels { get; set; } = 36_000_000;

    /// <summary>The most frames per second that a source may claim; it is brought down to 60.</summary>
    /// <value>1,000</value>
    [Range(1, 100_000)]
    public int MaxFrameRate { get; set; } = 1000;

    /// <summary>The most streams of a file.</summary>
    /// <value>32</value>
    [Range(1, 1000)]
    public int MaxStreams { get; set; } = 32;
}

/// <summary><c>Vod:Transcoding</c>.</summary>
public sealed class TranscodingOptions
{
    /// <summary>The ladder, in any order; several bitrates per height are allowed.</summary>
    /// <value>720: 4M, 480: 2M, 240: 500k</value>
    public IList<RungOptions> Ladder { get; set; } = [];

    /// <summary>The sound's bitrate.</summary>
    /// <value>128k</value>
    [Required]
    public string AudioBitrate { get; set; } = "128k";

    /// <summary>Target duration of a segment, in seconds, even.</summary>
    /// <value>10</value>
    [Range(2, 20)]
    public int SegmentSeconds { get; set; } = 10;

    /// <summary>Whether the first segments last 2, 2, 4, 6 and 6 s (with a target of 10 s).</summary>
    /// <value>true</value>
    public bool FastStart { get; set; } = true;

    /// <summary>The segment format.</summary>
    /// <value>Cmaf</value>
    public Packaging Packaging { get; set; } = Packaging.Cmaf;

    /// <summary>How much one FFmpeg process takes.</summary>
    /// <value>PerRendition; the one-machine host sets SharedDecode</value>
    public Grouping Grouping { get; set; } = Grouping.PerRendition;

    /// <summary>The wall time of one FFmpeg run is at most that many times its span's duration.</summary>
    /// <value>10</value>
    [Range(1, 1000)]
    public double WallTimeFactor { get; set; } = 10;

    /// <summary>The wall time of one FFmpeg run is at least this.</summary>
    /// <value>2 minutes</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MinWallTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>A job that has not ended by then ends in TIMED_OUT, wherever it is.</summary>
    /// <value>24 hours</value>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan JobDeadline { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many FFmpeg activities run at a time on one machine.</summary>
    /// <value>2</value>
    [Range(1, 64)]
    public int Parallelism { get; set; } = 2;

    /// <summary>Address space of one FFmpeg process, in bytes.</summary>
    /// <value>6 GiB</value>
    [Range(1L << 28, 1L << 40)]
    public long MaxMemoryBytes { get; set; } = 6L << 30;

    /// <summary>What one FFmpeg run may have in its temp folder at a time, in bytes.</summary>
    /// <value>1 GiB</value>
    [Range(1L << 20, 1L << 40)]
    public long MaxWorkBytes { get; set; } = 1L << 30;

    /// <summary>Where FFmpeg works and local copies are kept.</summary>
    /// <value>a folder below the system's temp folder</value>
    public string? WorkFolder { get; set; }

    /// <summary>The folder that holds the programs ffmpeg and ffprobe.</summary>
    /// <value>found on PATH</value>
    public string? FFmpegFolder { get; set; }

    /// <summary>What all local copies together may take, in bytes.</summary>
    /// <value>4 GiB</value>
    [Range(1L << 20, 1L << 40)]
    public long MaxSourceCacheBytes { get; set; } = 4L << 30;

    /// <summary>The ladder as checked values; the default one when none is configured.</summary>
    /// <exception cref="FormatException">A bitrate is not readable.</exception>
    public IReadOnlyList<Rung> GetLadder() => Ladder.Count == 0
        ? [new(720, Bitrate.Parse("4M")), new(480, Bitrate.Parse("2M")), new(240, Bitrate.Parse("500k"))]
        : [.. Ladder.Select(rung => new Rung(rung.ShortSide, Bitrate.Parse(rung.Bitrate)))];
}

/// <summary><c>Vod:Transcoding:Ladder:n</c>.</summary>
public sealed class RungOptions
{
    /// <summary>Pixels of the short side of the picture as shown, even.</summary>
    [Range(16, 4320)]
    public int ShortSide { get; set; }

    /// <summary>The ceiling for its picture, such as <c>4M</c>.</summary>
    [Required]
    public string Bitrate { get; set; } = "";
}

/// <summary><c>Vod:Notifications</c>.</summary>
public sealed class NotificationOptions
{
    /// <summary>A post not submitted by then, counted from the job's end, expires.</summary>
    /// <value>7 days</value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan PostExpiry { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The waits between pushes, the last one again and again.</summary>
    /// <value>30 s, 2 min, 10 min, 1 h</value>
    public IList<TimeSpan> PushAgainAfter { get; set; } = [];

    /// <summary>A notice not acknowledged by then has failed.</summary>
    /// <value>24 hours</value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a Web PubSub client URL can be used to connect.</summary>
    /// <value>60 minutes</value>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan ClientUrlLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The waits as configured, or the default ones.</summary>
    public IReadOnlyList<TimeSpan> GetPushAgainAfter() => PushAgainAfter.Count > 0
        ? [.. PushAgainAfter]
        : [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)];
}

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

    /// <summary>A ticket that was never used is forgotten after that.</summary>
    /// <value>7 days</value>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan UnusedTicket { get; set; } = TimeSpan.FromDays(7);

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

/// <summary><c>Vod:Retry</c>.</summary>
public sealed class RetryOptions
{
    /// <summary>Attempts of an activity, the first included.</summary>
    /// <value>4</value>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 4;

    /// <summary>The wait after the first failure; it doubles, with jitter.</summary>
    /// <value>5 s</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(5);
}
