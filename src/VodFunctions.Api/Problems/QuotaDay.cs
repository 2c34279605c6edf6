using Microsoft.Extensions.Options;
using VodFunctions.Core.Settings;

namespace VodFunctions.Api.Problems;

/// <summary>When the quota's day ends: at midnight in the site's time zone.</summary>
internal sealed class QuotaDay(TimeProvider time, IOptions<VodOptions> options)
{
    /// <summary>Whole seconds until the next day, at least 1.</summary>
    public long SecondsLeft()
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);
        DateTimeOffset now = time.GetUtcNow();
        DateTime midnight = TimeZoneInfo.ConvertTime(now, zone).Date.AddDays(1);
        // Where clocks go forward at midnight, the day begins at the first minute that exists.
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(1);
        }

        TimeSpan left = new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)) - now;
        return Math.Max(1, (long)Math.Ceiling(left.TotalSeconds));
    }
}
