using System.ComponentModel.DataAnnotations;

namespace VodFunctions.Local.Hosting;

/// <summary><c>Vod:Local</c>: what only the one-machine host has.</summary>
public sealed class LocalOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Vod:Local";

    /// <summary>Where keys and the journal are kept.</summary>
    /// <value><c>.data</c> below the current folder</value>
    [Required]
    public string DataFolder { get; set; } = ".data";

    /// <summary>The built browser app, a folder with <c>index.html</c>.</summary>
    /// <value>none: <c>site</c> beside the binary, or what the repository's own build has made</value>
    public string? SiteFolder { get; set; }

    /// <summary>With <c>Vod:Auth:Authority</c>: what the browser app is called at that issuer.</summary>
    /// <value>none</value>
    public string? ClientId { get; set; }

    /// <summary>With <c>Vod:Auth:Authority</c>: what the browser app asks for there, separated by blanks.</summary>
    /// <value><c>openid profile offline_access</c>; the last for tokens that renew others</value>
    [Required]
    public string Scope { get; set; } = "openid profile offline_access";

    /// <summary>With <c>--emulators</c>: where a Functions host listens that runs the app. Its API and the site are then here too.</summary>
    /// <value>none: <c>/api</c> has only what belongs to the emulators</value>
    public Uri? FunctionsHost { get; set; }
}
