using VodFunctions.Core.Media;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>The output's timeline on the file's clock: one zero and one end for picture, sound and stills (ADR 22).</summary>
/// <param name="StartSeconds">Time 0 of the output.</param>
/// <param name="FrameCount">Frames from there to the end.</param>
internal sealed record Timeline(double StartSeconds, long FrameCount)
{
    /// <summary>Sound that is this much earlier than the picture is an encoder's priming or noise in time stamps.</summary>
    private const double EarlySeconds = 0.025;

    /// <summary>Sound that is this much longer than the picture is padding: at most two frames of AAC or Opus.</summary>
    private const double LateSeconds = 0.05;

    /// <summary>A frame is not added for less of it.</summary>
    private const double PartOfFrame = 0.4;

    /// <summary>
    /// Zero is where the first of both begins, moved ahead by less than a frame so that the first picture is on the grid: else
    /// rounded time stamps would flicker between two frames of it. The end is where the last of both ends.
    /// </summary>
    public static Timeline Of(StreamSpan picture, StreamSpan? sound, FrameRate rate)
    {
        double early = picture.First - (sound?.First ?? picture.First);
        long held = (long)Math.Ceiling(Math.Max(0, early - EarlySeconds) * rate.FramesPerSecond);
        double start = picture.First - rate.SecondsOf(held);
        long pictures = (long)Math.Round((picture.End - start) * rate.FramesPerSecond);
        long sounds = sound?.End > picture.End + LateSeconds
            ? (long)Math.Ceiling(((sound.End - start) * rate.FramesPerSecond) - PartOfFrame)
            : 0;
        return new(start, Math.Max(1, Math.Max(pictures, sounds)));
    }
}
