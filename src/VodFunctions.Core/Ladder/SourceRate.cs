using VodFunctions.Core.Media;
using VodFunctions.Core.Probing;

namespace VodFunctions.Core.Ladder;

/// <summary>
/// Bounds what a rendition may take by what the source's picture has: at most twice its bytes, those of newer codecs counted
/// as what H.264 needs for the same. The source's average is no peak: keyframes and motion get their bits out of a buffer.
/// </summary>
/// <param name="VideoBitrate">The average of the source's picture.</param>
/// <param name="DurationSeconds">How long it plays, seconds.</param>
/// <param name="Efficiency">Bits that H.264 needs for a bit of the source's codec, at least 1.</param>
/// <param name="ByAverage">
/// The rule of earlier programs, for jobs that began with it: a replay must plan the same. The average is the ceiling, and of
/// two renditions within 10 % in bitrate the larger stays.
/// </param>
public sealed record SourceRate(
    Bitrate VideoBitrate, double DurationSeconds, double Efficiency = 1, bool ByAverage = false)
{
    /// <summary>
    /// A group begins every 2 s here, which costs keyframes that the source does not have; beyond twice the bytes the eye gains
    /// nothing. An encoder's buffer is never empty at the end: that is left for its misses.
    /// </summary>
    private const double MostOfSource = 2;

    /// <summary>The largest share of all bytes that the buffer may give at once: a short clip is mostly its first keyframe.</summary>
    private const double BufferShare = 0.45;

    /// <summary>A source that has less than this share of a rung's ceiling is encoded with a lower quality.</summary>
    private const double Plenty = 0.5;

    /// <summary>x264's CRF: for most sources, for each halving below <see cref="Plenty"/> more, and the most.</summary>
    private const double Quality = 23, QualityPerHalving = 4.2, LeastQuality = 35;

    /// <summary>What an encoder can still work with, in bits per second.</summary>
    private const double Least = 64_000;

    private static readonly Bitrate s_leastAverage = new(16_000);

    /// <summary>Reads it off what the probe found.</summary>
    public static SourceRate Of(SourceFacts facts, bool byAverage = false) => new(
        facts.VideoBitrate, facts.DurationSeconds,
        facts.VideoCodec switch { "hevc" or "vp9" => 1.8, "av1" or "vvc" => 2.2, _ => 1 }, byAverage);

    /// <summary>
    /// A rung's ceiling, buffer and quality for this source. The quality keeps a poor source's bits below the ceiling by itself:
    /// an encoder that runs into it has spent on a keyframe what the next pictures need.
    /// </summary>
    /// <param name="rung">The most that it may have.</param>
    /// <param name="largest">That of the largest rung, whose buffer bounds the ceilings of all.</param>
    /// <param name="size">The rendition's size.</param>
    public Rendition Limit(Bitrate rung, Bitrate largest, PixelSize size)
    {
        if (ByAverage)
        {
            Bitrate average = Bitrate.Min(rung, VideoBitrate);
            return new Rendition(size, average < s_leastAverage ? s_leastAverage : average);
        }

        double seconds = Math.Max(DurationSeconds, 0.1);
        double most = Math.Max(VideoBitrate.BitsPerSecond * Efficiency * MostOfSource, Least) * seconds;
        double ceiling = (most - Math.Min(largest.BitsPerSecond, BufferShare * most)) / seconds;
        if (ceiling >= rung.BitsPerSecond)
        {
            return new Rendition(size, rung);
        }

        // Plain colours: what has nearly no bits needs nearly none.
        bool isPlain = VideoBitrate.BitsPerSecond * Efficiency * MostOfSource <= Least;
        double halvings = isPlain ? 0 : Math.Max(0, Math.Log2(Plenty * rung.BitsPerSecond / ceiling));
        return new Rendition(
            size,
            Bitrate.FromKilobits(Math.Floor(ceiling / 1000)),
            (long)Math.Min(rung.BitsPerSecond, BufferShare * most),
            Math.Round(Math.Min(LeastQuality, Quality + (QualityPerHalving * halvings)), 1));
    }
}
