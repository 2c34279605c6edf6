using System.ComponentModel.DataAnnotations;

namespace VodFunctions.Core.Settings;

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
