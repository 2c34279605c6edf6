using VodFunctions.Core.Settings;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Uploads;

/// <summary>
/// What a ticket allows. A URL for block blobs bounds no bytes, so they are counted: when it is renewed, and by the sweep.
/// Pure.
/// </summary>
public static class UploadBounds
{
    /// <summary>The most bytes that may wait to be committed: the file once more, and a few blocks, for clients that begin again.</summary>
    public static long MaxUncommittedBytes(DeclaredUpload? declared, UploadOptions options) =>
        (2 * (declared?.SizeBytes ?? 0)) + (4L * options.BlockBytes);

    /// <summary>Whether the ticket is still renewed.</summary>
    public static bool IsRenewable(VideoRecord record, VodOptions options, DateTimeOffset now) =>
        now < record.CreatedAt + options.Retention.UnusedTicket && record.Renewals < options.Uploads.MaxRenewals;

    /// <summary>When no URL of a ticket works any more, an hour for clocks and slow requests included.</summary>
    public static DateTimeOffset LastUrlEnds(DateTimeOffset issuedAt, VodOptions options) =>
        issuedAt + options.Retention.UnusedTicket + options.Uploads.TicketLifetime + TimeSpan.FromHours(1);
}
