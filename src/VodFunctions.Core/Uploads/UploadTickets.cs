using System.Diagnostics;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Uploads;

/// <summary>What a client says of the file that it wants to upload.</summary>
/// <param name="FileName">1 to 255 characters; for display only.</param>
/// <param name="ContentType">A MIME type.</param>
/// <param name="SizeBytes">Bytes, at least 1.</param>
public sealed record UploadRequest(string? FileName, string? ContentType, long SizeBytes);

/// <summary>A ticket: where and how to upload.</summary>
/// <param name="VideoId">The new video.</param>
/// <param name="UploadUrl">A secret: writes this one blob.</param>
/// <param name="ExpiresAt">When the URL stops working; renew before.</param>
/// <param name="MaxBytes">The most that may be stored.</param>
/// <param name="BlockBytes">The block size to use.</param>
public sealed record UploadTicket(
    VideoId VideoId, Uri UploadUrl, DateTimeOffset ExpiresAt, long MaxBytes, int BlockBytes);

/// <summary>A renewed URL for the same blob; staged blocks stay.</summary>
/// <param name="UploadUrl">A secret: writes this one blob.</param>
/// <param name="ExpiresAt">When the URL stops working.</param>
public sealed record RenewedTicket(Uri UploadUrl, DateTimeOffset ExpiresAt);

/// <summary>What may be uploaded, for a client to check before it sends anything. The server checks it again.</summary>
/// <param name="MaxBytes">The largest file.</param>
/// <param name="ContentTypes">MIME types that get a ticket; <c>video/*</c> is all of video.</param>
/// <param name="Extensions">Extensions of file names to offer for choice, with a dot: systems know no type for some.</param>
/// <param name="MinDurationSeconds">The shortest video.</param>
/// <param name="MaxDurationSeconds">The longest video.</param>
/// <param name="MaxPixels">The most pixels of a picture.</param>
/// <param name="PerDay">Tickets of the caller a day.</param>
/// <param name="LeftToday">Tickets that the caller has left.</param>
public sealed record UploadPolicy(
    long MaxBytes, IReadOnlyList<string> ContentTypes, IReadOnlyList<string> Extensions, double MinDurationSeconds,
    double MaxDurationSeconds, long MaxPixels, int PerDay, int LeftToday);

/// <summary>Issues and renews upload tickets.</summary>
public sealed class UploadTickets(
    IVideoRecords records, IUploadStore uploads, IUploadQuota quota, IMarkers markers, IIdGenerator ids,
    TimeProvider time, IOptions<VodOptions> options)
{
    private const int MaxFileNameLength = 255;

    /// <summary>Creates the video's record and a URL to upload to.</summary>
    /// <exception cref="ProblemException">No role, unusable request, too large, no video type, or quota used up.</exception>
    public async Task<UploadTicket> IssueAsync(Caller caller, UploadRequest request, CancellationToken cancellationToken)
    {
        if (!caller.IsUploader)
        {
            throw new ProblemException(ProblemCode.Forbidden, "Only uploaders may upload.");
        }

        DeclaredUpload declared = Check(request, options.Value.Uploads);
        await TakeQuotaAsync(caller.User, cancellationToken);

        DateTimeOffset now = time.GetUtcNow();
        VideoId videoId = ids.NewVideoId();
        using Activity? span = VodTelemetry.Start("upload ticket", videoId);
        // The marker first: a kill between the two leaves a marker without a record, which the sweep clears.
        await markers.SetAsync(new Marker(MarkerKind.Ticket, videoId, now), cancellationToken);
        await records.CreateAsync(
            new VideoRecord { VideoId = videoId, Owner = caller.User, CreatedAt = now, Upload = declared }, cancellationToken);

        DateTimeOffset expiresAt = now + options.Value.Uploads.TicketLifetime;
        Uri url = await uploads.CreateUploadUrlAsync(videoId, expiresAt, cancellationToken);
        return new UploadTicket(videoId, url, expiresAt, options.Value.Uploads.MaxBytes, options.Value.Uploads.BlockBytes);
    }

    /// <summary>Tells what the caller may upload now.</summary>
    public async Task<UploadPolicy> PolicyAsync(Caller caller, CancellationToken cancellationToken)
    {
        UploadOptions limits = options.Value.Uploads;
        SourceLimits source = options.Value.Limits;
        int taken = await quota.CountAsync(caller.User, Today(), cancellationToken);
        return new UploadPolicy(
            limits.MaxBytes, VideoContentType.Allowed, VideoContentType.Extensions, source.MinDuration.TotalSeconds,
            source.MaxDuration.TotalSeconds, source.MaxPixels, limits.PerOwnerAndDay, Math.Max(0, limits.PerOwnerAndDay - taken));
    }

    /// <summary>A new URL for the same blob, until the upload is complete.</summary>
    /// <exception cref="ProblemException">
    /// Not the caller's, its time or its renewals are used up, the upload is complete, or more was sent than declared.
    /// </exception>
    public async Task<RenewedTicket> RenewAsync(Caller caller, VideoId videoId, CancellationToken cancellationToken)
    {
        VideoRecord? record = await records.FindAsync(videoId, cancellationToken);
        if (record is null || record.IsDeleted || record.Owner != caller.User)
        {
            throw ProblemException.NotFound();
        }

        if (record.Job is not null
            || await uploads.FindAsync(videoId, cancellationToken) is { HasContent: true })
        {
            throw new ProblemException(ProblemCode.UploadComplete, "The upload is complete.");
        }

        if (!UploadBounds.IsRenewable(record, options.Value, time.GetUtcNow()))
        {
            // As it is once the sweep has forgotten it.
            throw ProblemException.NotFound();
        }

        long most = UploadBounds.MaxUncommittedBytes(record.Upload, options.Value.Uploads);
        if (await uploads.CountUncommittedAsync(videoId, cancellationToken) > most)
        {
            throw new ProblemException(ProblemCode.UploadTooLarge, "More bytes were sent than the file was said to have.");
        }

        await records.UpdateAsync(
            videoId, found => found.IsDeleted ? found : found with { Renewals = found.Renewals + 1 }, cancellationToken);
        DateTimeOffset expiresAt = time.GetUtcNow() + options.Value.Uploads.TicketLifetime;
        return new RenewedTicket(await uploads.CreateUploadUrlAsync(videoId, expiresAt, cancellationToken), expiresAt);
    }

    private static DeclaredUpload Check(UploadRequest request, UploadOptions limits)
    {
        string name = request.FileName?.Trim() ?? "";
        if (name.Length is 0 or > MaxFileNameLength || name.Any(char.IsControl))
        {
            throw new ProblemException(
                ProblemCode.InvalidRequest, $"fileName must have 1 to {MaxFileNameLength} characters and no control characters.");
        }

        if (request.SizeBytes < 1)
        {
            throw new ProblemException(ProblemCode.InvalidRequest, "sizeBytes must be at least 1.");
        }

        if (request.SizeBytes > limits.MaxBytes)
        {
            throw new ProblemException(
                ProblemCode.UploadTooLarge, $"The file is too large: at most {limits.MaxBytes} bytes are allowed.");
        }

        string type = request.ContentType?.Trim() ?? "";
        return VideoContentType.IsAllowed(type)
            ? new DeclaredUpload(name, type, request.SizeBytes)
            : throw new ProblemException(ProblemCode.UploadTypeNotAllowed, "Only video files are allowed.");
    }

    private async Task TakeQuotaAsync(UserId owner, CancellationToken cancellationToken)
    {
        int limit = options.Value.Uploads.PerOwnerAndDay;
        if (!await quota.TryTakeAsync(owner, Today(), limit, cancellationToken))
        {
            throw new ProblemException(ProblemCode.UploadQuotaExceeded, $"At most {limit} uploads a day are allowed.");
        }
    }

    private DateOnly Today()
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
    }
}
