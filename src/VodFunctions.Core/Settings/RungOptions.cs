using System.ComponentModel.DataAnnotations;

namespace VodFunctions.Core.Settings;

/// <summary><c>Vod:Transcoding:Ladder:n</c>.</summary>
public sealed class RungOptions
{
    /// <summary>Pixels of the short side of the picture as shown, even.</summary>
    [Range(16, 4320)]
    public int ShortSide { get; set; }

    /// <summary>The ceiling for its picture, such as <c>4M</c>.</summary>
    [Required]
    public string Bitrate { get; set; } = "";
}
