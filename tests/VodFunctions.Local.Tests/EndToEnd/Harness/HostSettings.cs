using VodFunctions.Local.Hosting;

namespace VodFunctions.Local.Tests.EndToEnd.Harness;

/// <summary>What the hosts under test are started with.</summary>
internal static class HostSettings
{
    /// <summary>The host's program, which the build puts beside the tests.</summary>
    public static string Assembly { get; } = typeof(LocalHost).Assembly.Location;

    /// <summary>The product's defaults, only sooner; and the runner's log, which says which activity runs begin.</summary>
    public static IReadOnlyList<string> Short { get; } =
    [
        "--Logging:LogLevel:VodFunctions.Local.Durable", "Debug",
        "--Vod:Retry:FirstDelay", "00:00:00.200",
        "--Vod:Retention:SweepEvery", "00:00:00.500",
        "--Vod:Retention:DeletionSweep", "00:00:04",
        "--Vod:Notifications:PushAgainAfter:0", "00:00:01",
        "--Vod:Uploads:PerOwnerAndDay", "1000",
        "--Vod:Transcoding:Ladder:0:ShortSide", "180", "--Vod:Transcoding:Ladder:0:Bitrate", "400k",
        "--Vod:Transcoding:Ladder:1:ShortSide", "90", "--Vod:Transcoding:Ladder:1:Bitrate", "120k",
    ];
}
