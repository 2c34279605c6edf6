using System.ComponentModel.DataAnnotations;

namespace VodFunctions.Core.Settings;

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

    /// <summary>
    /// The most pixels to work on in all: those of all pictures as coded, to be decoded, and those of all frames of all
    /// renditions, to be encoded. An hour of 1080p60 has 0.76 x 10^12 with the default ladder.
    /// </summary>
    /// <value>1,500,000,000,000</value>
    [Range(1L, 1L << 60)]
    public long MaxWorkPixels { get; set; } = 1_500_000_000_000;

    /// <summary>The most frames per second that a source may claim; it is brought down to 60.</summary>
    /// <value>1,000</value>
    [Range(1, 100_000)]
    public int MaxFrameRate { get; set; } = 1000;

    /// <summary>The most streams of a file.</summary>
    /// <value>32</value>
    [Range(1, 1000)]
    public int MaxStreams { get; set; } = 32;
}
