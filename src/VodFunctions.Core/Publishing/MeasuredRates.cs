using VodFunctions.Core.Transcoding;

namespace VodFunctions.Core.Publishing;

/// <summary>Bitrates as the playlists state them, measured on the stored bytes, in bits per second.</summary>
public static class MeasuredRates
{
    /// <summary>All bits by all seconds.</summary>
    public static long Average(MeasuredTrack track) => Rate(
        track.Segments.Sum(segment => segment.SizeBytes), track.Segments.Sum(segment => segment.DurationSeconds));

    /// <summary>
    /// The peak segment bitrate (RFC 8216 section 4.1): the largest of any contiguous set of segments that lasts between 0.5
    /// and 1.5 times the target duration, so that a last segment of one picture is no peak. At least the average.
    /// </summary>
    /// <param name="track">Video or sound.</param>
    /// <param name="targetDurationSeconds">EXT-X-TARGETDURATION.</param>
    public static long Peak(MeasuredTrack track, int targetDurationSeconds)
    {
        long peak = Average(track);
        for (int first = 0; first < track.Segments.Count; first++)
        {
            long bytes = 0;
            double seconds = 0;
            for (int last = first; last < track.Segments.Count; last++)
            {
                bytes += track.Segments[last].SizeBytes;
                seconds += track.Segments[last].DurationSeconds;
                if (seconds > 1.5 * targetDurationSeconds)
                {
                    break;
                }

                peak = seconds >= 0.5 * targetDurationSeconds ? Math.Max(peak, Rate(bytes, seconds)) : peak;
            }
        }

        return peak;
    }

    /// <summary>BANDWIDTH of a variant: the sum of the peaks of its picture and its sound.</summary>
    /// <param name="video">The picture, in MPEG-TS with the sound in it.</param>
    /// <param name="audio">The shared sound rendition.</param>
    /// <param name="targetDurationSeconds">EXT-X-TARGETDURATION.</param>
    public static long Bandwidth(MeasuredTrack video, MeasuredTrack? audio, int targetDurationSeconds) =>
        Peak(video, targetDurationSeconds) + (audio is null ? 0 : Peak(audio, targetDurationSeconds));

    /// <summary>AVERAGE-BANDWIDTH of a variant.</summary>
    public static long AverageBandwidth(MeasuredTrack video, MeasuredTrack? audio) =>
        Average(video) + (audio is null ? 0 : Average(audio));

    /// <summary>
    /// EXT-X-TARGETDURATION for all playlists of a video: the longest segment of all tracks, rounded (RFC 8216 section
    /// 4.3.3.1), so that it is the same everywhere (Apple rule 8.2).
    /// </summary>
    public static int TargetDuration(IEnumerable<MeasuredTrack> tracks) => Math.Max(
        1, tracks.SelectMany(track => track.Segments).Max(segment => RoundedSeconds(segment.DurationSeconds)));

    internal static int RoundedSeconds(double seconds) => (int)Math.Round(seconds, MidpointRounding.AwayFromZero);

    internal static long Rate(long bytes, double seconds) => seconds > 0 ? (long)Math.Ceiling(bytes * 8 / seconds) : 0;
}
