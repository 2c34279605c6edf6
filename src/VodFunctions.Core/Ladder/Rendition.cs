using VodFunctions.Core.Media;

namespace VodFunctions.Core.Ladder;

/// <summary>One quality to make.</summary>
/// <param name="Size">Even sides, the source's aspect, never above the source.</param>
/// <param name="Ceiling">The most bits per second that its picture may take for long.</param>
/// <param name="BufferBits">What it may take at once beyond that, in bits; none for those of one second.</param>
/// <param name="Quality">x264's constant rate factor below the ceiling: less is better, and larger. None for 23.</param>
public sealed record Rendition(PixelSize Size, Bitrate Ceiling, long? BufferBits = null, double? Quality = null)
{
    /// <summary>The folder's name: <c>v{short side}-{kilobits}k</c>, for example <c>v720-4000k</c>.</summary>
    public string Name => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"v{Size.ShortSide}-{Ceiling.Kilobits}k");
}

/// <summary>A rung of the configured ladder.</summary>
/// <param name="ShortSide">Pixels of the short side of the picture as shown, even.</param>
/// <param name="Bitrate">The ceiling for its picture.</param>
public sealed record Rung(int ShortSide, Bitrate Bitrate);
