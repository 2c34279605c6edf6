using System.ComponentModel.DataAnnotations;

namespace VodFunctions.Core.Settings;

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
