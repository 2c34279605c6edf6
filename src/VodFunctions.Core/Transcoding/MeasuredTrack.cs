using VodFunctions.Core.Media;

namespace VodFunctions.Core.Transcoding;

/// <summary>
/// What was made and stored of one rendition, measured on its bytes: all that the playlists need. Kept in the work store,
/// because for an hour of video it is too large for an orchestration's history.
/// </summary>
/// <param name="Name">The folder: <c>v720-4000k</c>, <c>a128k</c>.</param>
/// <param name="Codecs">RFC 6381, for example <c>avc1.64001f</c>; with muxed-in sound <c>avc1.64001f,mp4a.40.2</c>.</param>
/// <param name="Size">The picture's size; none for sound.</param>
/// <param name="FrameRate">The picture's rate; none for sound.</param>
/// <param name="HasInit">Whether there is an <c>init.mp4</c> (CMAF).</param>
/// <param name="Segments">In order.</param>
public sealed record MeasuredTrack(
    string Name, string Codecs, PixelSize? Size, FrameRate? FrameRate, bool HasInit, IReadOnlyList<MeasuredSegment> Segments);

/// <summary>A stored segment.</summary>
/// <param name="File">Its name in the folder.</param>
/// <param name="DurationSeconds">The sum of its samples' durations.</param>
/// <param name="SizeBytes">Bytes.</param>
/// <param name="KeyFrames">The I-frames in it, in order; empty for sound.</param>
public sealed record MeasuredSegment(
    string File, double DurationSeconds, long SizeBytes, IReadOnlyList<MeasuredKeyFrame> KeyFrames);

/// <summary>An I-frame, for EXT-X-I-FRAMES-ONLY (RFC 8216 section 4.3.3.6).</summary>
/// <param name="Offset">Where its bytes begin in the segment (CMAF: at its <c>moof</c>).</param>
/// <param name="Length">Bytes up to the end of the picture.</param>
/// <param name="DurationSeconds">Until the next I-frame or the track's end.</param>
public sealed record MeasuredKeyFrame(long Offset, long Length, double DurationSeconds);
