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
}
