using System.ComponentModel.DataAnnotations;
using VodFunctions.WebPubSub;
using VodFunctions.WebPubSubEmulator;

namespace VodFunctions.Local.WebPubSub;

/// <summary><c>Vod:WebPubSub</c>: which service pushes. <see cref="EmulatorOptions"/> has the rest of the section.</summary>
public sealed class WebPubSubOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Vod:WebPubSub";

    /// <summary>
    /// Azure Web PubSub, or another emulator of it: <c>Endpoint=https://...;AccessKey=...;Version=1.0;</c>. A secret.
    /// </summary>
    /// <value>none: the emulator in this process</value>
    public string? ConnectionString { get; set; }

    /// <summary>The hub that notices go through.</summary>
    /// <value><c>notices</c></value>
    [Required, RegularExpression(HubName.Pattern)]
    public string Hub { get; set; } = "notices";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ConnectionString is not null && !ServiceAddress.TryParse(ConnectionString, out _))
        {
            yield return new(
                "The connection string has no Endpoint (http or https) or no AccessKey.", [nameof(ConnectionString)]);
        }
    }
}
