using VodFunctions.Core.Media;

namespace VodFunctions.Core.Ladder;

/// <summary>
/// Decides the renditions. A rung is the short side of the picture as shown; none is above the source in size, nor takes more
/// than <see cref="SourceRate"/> allows; a source between two rungs keeps its own size; of two whose sizes are within 10 % of
/// each other the larger stays; there is always one.
/// </summary>
public static class LadderPlanner
{
    /// <summary>Two sizes, or two bitrates of one size, that are closer than this are no choice for a viewer.</summary>
    private const double Closeness = 1.10;

    /// <summary>The longest side that is made: no H.264 level up to 5.2 is exceeded, and phones decode it.</summary>
    private const int MaxLongSide = 4096;

    /// <summary>The renditions, largest first.</summary>
    /// <param name="shown">The source as shown; sides may be odd.</param>
    /// <param name="source">Bounds bitrates.</param>
    /// <param name="ladder">At least one rung, in any order.</param>
    public static IReadOnlyList<Rendition> Plan(PixelSize shown, SourceRate source, IReadOnlyList<Rung> ladder)
    {
        if (ladder.Count == 0)
        {
            throw new ArgumentException("A ladder has at least one rung.", nameof(ladder));
        }

        int own = Math.Max(2, shown.ShortSide & ~1);
        IEnumerable<Rung> wanted = ladder.Where(rung => rung.ShortSide <= own);
        if (own < ladder.Max(rung => rung.ShortSide) && ladder.All(rung => rung.ShortSide != own))
        {
            wanted = wanted.Append(new Rung(own, Interpolate(own, ladder)));
        }

        Bitrate largest = ladder.Max(rung => rung.Bitrate);
        var kept = new List<Rendition>();
        foreach (Rung rung in wanted.OrderByDescending(rung => rung.ShortSide).ThenByDescending(rung => rung.Bitrate))
        {
            Rendition candidate = source.Limit(rung.Bitrate, largest, Scale(shown, rung.ShortSide));
            if (!kept.Any(larger => AreClose(larger, candidate, source.ByAverage)))
            {
                kept.Add(candidate);
            }
        }

        return kept;
    }

    /// <summary>The source's aspect at another short side, both sides even.</summary>
    internal static PixelSize Scale(PixelSize shown, int shortSide)
    {
        double factor = Math.Min((double)shortSide / shown.ShortSide, (double)MaxLongSide / shown.LongSide);
        factor = Math.Min(factor, 1);
        return new PixelSize(Even(shown.Width * factor, shown.Width), Even(shown.Height * factor, shown.Height));
    }

    private static int Even(double side, int source)
    {
        int nearest = (int)Math.Round(side / 2) * 2;
        // Rounding up must not go above the source.
        return Math.Max(2, nearest > source ? nearest - 2 : nearest);
    }

    private static bool AreClose(Rendition larger, Rendition smaller, bool byAverage)
    {
        double bits = (double)larger.Ceiling.BitsPerSecond / smaller.Ceiling.BitsPerSecond;
        double sides = (double)larger.Size.ShortSide / smaller.Size.ShortSide;
        // The same height with another bitrate is a choice that the ladder makes on purpose. Equal ceilings are none of the same
        // bitrate: at constant quality a smaller picture takes fewer bits.
        return larger.Size.ShortSide == smaller.Size.ShortSide ? bits < Closeness : sides < Closeness || (byAverage && bits < Closeness);
    }

    /// <summary>Between two rungs: linear over the logarithm of the pixels. Below the lowest: by the share of pixels.</summary>
    private static Bitrate Interpolate(int own, IReadOnlyList<Rung> ladder)
    {
        Rung above = ladder.Where(rung => rung.ShortSide > own).OrderBy(rung => rung.ShortSide)
            .ThenByDescending(rung => rung.Bitrate).First();
        Rung? below = ladder.Where(rung => rung.ShortSide < own).OrderByDescending(rung => rung.ShortSide)
            .ThenByDescending(rung => rung.Bitrate).FirstOrDefault();
        double bits;
        if (below is null)
        {
            bits = above.Bitrate.BitsPerSecond * Math.Pow((double)own / above.ShortSide, 2);
        }
        else
        {
            // Pixels grow with the square of the side in the source's own aspect; the squares cancel out.
            double position = Math.Log((double)own / below.ShortSide) / Math.Log((double)above.ShortSide / below.ShortSide);
            bits = below.Bitrate.BitsPerSecond
                + (position * (above.Bitrate.BitsPerSecond - below.Bitrate.BitsPerSecond));
        }

        // Whole kilobits, so that the folder's name says it all.
        return Bitrate.FromKilobits(Math.Max(1, Math.Round(bits / 1000)));
    }
}
