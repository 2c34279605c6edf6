using System.ComponentModel.DataAnnotations;
using VodFunctions.Core.Ladder;
using VodFunctions.Core.Media;
using VodFunctions.Core.Transcoding;

namespace VodFunctions.Core.Settings;

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

    /// <summary>
    /// The processor time of one FFmpeg run is at most that many nanoseconds per pixel that it decodes and encodes, and ten
    /// minutes. Usual are 10 to 30 ns.
    /// </summary>
    /// <value>100</value>
    [Range(1, 1_000_000)]
    public int CpuNanosecondsPerPixel { get; set; } = 100;

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

    /// <summary>How well FFmpeg must be isolated: below that the host does not start.</summary>
    /// <value>None</value>
    public IsolationLevel RequireIsolation { get; set; } = IsolationLevel.None;

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
