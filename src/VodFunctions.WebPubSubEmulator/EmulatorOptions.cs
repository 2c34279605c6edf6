using System.ComponentModel.DataAnnotations;

namespace VodFunctions.WebPubSubEmulator;

/// <summary><c>Vod:WebPubSub</c>, as far as the emulator reads it. Its limits are the service's own.</summary>
public sealed class EmulatorOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Vod:WebPubSub";

    /// <summary>The hub that <see cref="EmulatedNotificationChannel"/> sends through.</summary>
    /// <value><c>notices</c></value>
    [Required, RegularExpression(HubName.Pattern)]
    public string Hub { get; set; } = "notices";

    /// <summary>Where browsers reach the emulator, for example <c>https://vod.example</c>.</summary>
    /// <value>the address that it listens on</value>
    public Uri? Endpoint { get; set; }

    /// <summary>The largest frame that a client may send, in bytes.</summary>
    /// <value>1 MiB</value>
    [Range(1024, 1 << 20)]
    public int MaxFrameBytes { get; set; } = 1 << 20;

    /// <summary>A connection that has more messages waiting than that is dropped.</summary>
    /// <value>1,000</value>
    [Range(1, 1000)]
    public int MaxWaitingMessages { get; set; } = 1000;

    /// <summary>A connection that has more waiting than that is dropped, in bytes.</summary>
    /// <value>16 MB</value>
    [Range(1024, 16_000_000)]
    public long MaxWaitingBytes { get; set; } = 16_000_000;

    /// <summary>How long a broken reliable connection can be recovered.</summary>
    /// <value>1 minute (the client tries for 30 s)</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RecoveryWindow { get; set; } = TimeSpan.FromMinutes(1);
}
