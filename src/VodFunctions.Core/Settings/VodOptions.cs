using System.ComponentModel.DataAnnotations;

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
