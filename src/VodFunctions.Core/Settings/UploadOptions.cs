using System.ComponentModel.DataAnnotations;

namespace VodFunctions.Core.Settings;

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

    /// <summary>How often a ticket is renewed.</summary>
    /// <value>1,000</value>
    [Range(1, 1_000_000)]
    public int MaxRenewals { get; set; } = 1000;

    /// <summary>Tickets per owner and day.</summary>
    /// <value>20</value>
    [Range(1, 100_000)]
    public int PerOwnerAndDay { get; set; } = 20;
}
