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

    /// <summary>
    /// The endpoint's own host name, <c>{name}-{hash}.azurefd.net</c>. Purged beside the host of <c>Vod:PlaybackOrigin</c>, which
    /// is the site's own domain where it has one: what viewers fetched by either name is cached under that name.
    /// </summary>
    /// <value>none: what Front Door purges when no domain is named</value>
    public string? HostName { get; set; }
}
