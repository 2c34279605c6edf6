using VodFunctions.Core.Transcoding;

namespace VodFunctions.Core.Publishing;

/// <summary>The playlist of one track's segments (RFC 8216 section 4.3.3).</summary>
public static class MediaPlaylist
{
    /// <summary>Writes <see cref="MediaFiles.MediaPlaylist"/>.</summary>
    /// <param name="track">As measured.</param>
    /// <param name="targetDurationSeconds">The same for all tracks: see <see cref="MeasuredRates.TargetDuration"/>.</param>
    /// <exception cref="ArgumentException">A segment is longer than the target (RFC 8216 section 4.3.3.1).</exception>
    public static string Build(MeasuredTrack track, int targetDurationSeconds)
    {
        PlaylistWriter writer = new PlaylistWriter().MediaHead(targetDurationSeconds, track.HasInit, iFramesOnly: false);
        foreach (MeasuredSegment segment in track.Segments)
        {
            if (MeasuredRates.RoundedSeconds(segment.DurationSeconds) > targetDurationSeconds)
            {
                throw new ArgumentException("A segment is longer than the target duration.", nameof(targetDurationSeconds));
            }

            writer.Line($"#EXTINF:{segment.DurationSeconds:F6},").Line(segment.File);
        }

        return writer.End();
    }
}
