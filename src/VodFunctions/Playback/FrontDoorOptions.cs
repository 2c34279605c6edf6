namespace VodFunctions.Playback;

/// <summary><c>Vod:FrontDoor</c>: the CDN in front of the <c>media</c> container.</summary>
public sealed class FrontDoorOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Vod:FrontDoor";

    /// <summary>
    /// The endpoint's resource id, <c>/subscriptions/.../afdEndpoints/{name}</c>, which deletions purge. The app's identity
    /// needs <c>Microsoft.Cdn/profiles/afdEndpoints/purge/action</c> on it.
    /// </summary>
    /// <value>none: nothing is purged</value>
    public string? EndpointId { get; set; }
}
