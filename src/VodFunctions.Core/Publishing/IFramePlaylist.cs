using VodFunctions.Core.Transcoding;

namespace VodFunctions.Core.Publishing;

/// <summary>The playlist of one track's I-frames, as byte ranges (RFC 8216 section 4.3.3.6; Apple rule 6.1).</summary>
public static class IFramePlaylist
{
    /// <summary>Writes <see cref="MediaFiles.IFramePlaylist"/>.</summary>
    /// <param name="track">A track with pictures, as measured.</param>
    /// <param name="targetDurationSeconds">The same for all tracks: see <see cref="MeasuredRates.TargetDuration"/>.</param>
    public static string Build(MeasuredTrack track, int targetDurationSeconds)
    {
        PlaylistWriter writer = new PlaylistWriter().MediaHead(targetDurationSeconds, track.HasInit, iFramesOnly: true);
        foreach (MeasuredSegment segment in track.Segments)
        {
            foreach (MeasuredKeyFrame frame in segment.KeyFrames)
            {
                writer.Line($"#EXTINF:{frame.DurationSeconds:F6},")
                    .Line($"#EXT-X-BYTERANGE:{frame.Length}@{frame.Offset}")
                    .Line(segment.File);
            }
        }

        return writer.End();
    }

    /// <summary>The largest bitrate of one I-frame, in bits per second, and that of all together.</summary>
    public static (long Peak, long Average) Rates(MeasuredTrack track)
    {
        MeasuredKeyFrame[] frames = [.. track.Segments.SelectMany(segment => segment.KeyFrames)];
        double seconds = frames.Sum(frame => frame.DurationSeconds);
        long average = MeasuredRates.Rate(frames.Sum(frame => frame.Length), seconds);

        // The last one may be shown for a moment only: that is no rate that a player meets when it skims.
        IEnumerable<MeasuredKeyFrame> whole = frames.Where(frame => frame.DurationSeconds >= TimeGrid.GroupSeconds / 2.0);
        return (whole.Select(frame => MeasuredRates.Rate(frame.Length, frame.DurationSeconds)).Append(average).Max(), average);
    }
}
