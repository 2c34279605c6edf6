using System.ComponentModel.DataAnnotations;

namespace VodFunctions.Notifications;

/// <summary>
/// <c>VodWebPubSub</c>: the push service. In Azure its endpoint and the app's identity; on a laptop a connection string, as
/// <c>./dev emulators</c> prints it, which is the value of <c>VodWebPubSub</c> itself.
/// </summary>
public sealed class WebPubSubOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VodWebPubSub";

    /// <summary>A connection string with an access key: the emulator's. A secret.</summary>
    public string? ConnectionString { get; set; }

    /// <summary><c>https://{name}.webpubsub.azure.com</c>, reached as the app's identity.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The client id of a user-assigned managed identity, with <see cref="Endpoint"/>.</summary>
    public string? ClientId { get; set; }

    /// <summary>The hub that notices go through.</summary>
    /// <value><c>notices</c></value>
    [Required]
    public string Hub { get; set; } = "notices";
}
