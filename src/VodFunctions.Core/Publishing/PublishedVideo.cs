namespace VodFunctions.Core.Publishing;

/// <summary>What viewers play. Paths are relative to the playback origin.</summary>
/// <param name="Master">The master playlist, <c>{videoId}/{attempt}/master.m3u8</c>.</param>
/// <param name="Poster">A JPEG of the first frame; null where none could be made.</param>
/// <param name="Storyboard">The WebVTT that cuts the sprite sheet; null where none could be made.</param>
/// <param name="DurationSeconds">As measured, seconds.</param>
/// <param name="Renditions">Largest first.</param>
public sealed record PublishedVideo(
    string Master, string? Poster, string? Storyboard, double DurationSeconds, IReadOnlyList<PublishedRendition> Renditions);

/// <summary>One quality that viewers can choose.</summary>
/// <param name="Name">The folder's name, for example <c>v720-4000k</c>.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Bitrate">BANDWIDTH as measured, bits per second: peak of video and audio.</param>
public sealed record PublishedRendition(string Name, int Width, int Height, long Bitrate);
