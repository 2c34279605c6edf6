using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;
using VodFunctions.Local.Hosting;

namespace VodFunctions.Local.Playback;

/// <summary>What is known of a stored file before it is read.</summary>
internal sealed record MediaFile(
    EntityTagHeaderValue ETag, DateTimeOffset LastModified, long Length, string ContentType, string? CacheControl);

/// <summary>What to send.</summary>
/// <param name="Status">200, 206, 304 or 416.</param>
/// <param name="Offset">The first byte.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="Compressed">Whether it is sent with gzip.</param>
internal sealed record MediaAnswer(int Status, long Offset, long Length, bool Compressed)
{
    /// <summary>Decides by the rules of RFC 9110: preconditions (section 13.2.2), then If-Range, then one range (section 14).</summary>
    public static MediaAnswer Decide(RequestHeaders request, MediaFile file, bool compressible)
    {
        bool compressed = compressible && file.Length > 0 && request.Range is null
            && AcceptedCodings.Include(request.AcceptEncoding, "gzip");
        if (IsNotModified(request, file))
        {
            return new(StatusCodes.Status304NotModified, 0, 0, compressed);
        }

        MediaAnswer whole = new(StatusCodes.Status200OK, 0, file.Length, compressed);
        // Several ranges, or another unit: a server may ignore them (section 14.2).
        return request.Range is { Ranges.Count: 1 } range && range.Unit == "bytes" && RangeHolds(request, file)
            ? Slice(range.Ranges.Single(), file.Length)
            : whole;
    }

    private static MediaAnswer Slice(RangeItemHeaderValue range, long length)
    {
        (long from, long to) = range.From is { } first
            ? (first, Math.Min(range.To ?? long.MaxValue, length - 1))
            : (Math.Max(0, length - range.To!.Value), range.To == 0 ? -1 : length - 1);
        return from > to
            ? new(StatusCodes.Status416RangeNotSatisfiable, 0, 0, false)
            : new(StatusCodes.Status206PartialContent, from, to - from + 1, false);
    }

    private static bool IsNotModified(RequestHeaders request, MediaFile file) => request.IfNoneMatch is { Count: > 0 } tags
        ? tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(file.ETag, useStrongComparison: false))
        : request.IfModifiedSince is { } since && Seconds(file.LastModified) <= since;

    private static bool RangeHolds(RequestHeaders request, MediaFile file) => request.IfRange switch
    {
        null => true,
        { EntityTag: { } tag } => tag.Compare(file.ETag, useStrongComparison: true),
        { LastModified: { } date } => Seconds(file.LastModified) == date,
        _ => false,
    };

    private static DateTimeOffset Seconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
