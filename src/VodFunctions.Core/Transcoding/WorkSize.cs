using VodFunctions.Core.Ladder;
using VodFunctions.Core.Probing;

namespace VodFunctions.Core.Transcoding;

/// <summary>How much work a source makes, in pixels: what the bounds of ADR 23 are about. Pure.</summary>
public static class WorkSize
{
    /// <summary>Pixels to decode, by the size that the header says.</summary>
    public static long DecodedPixels(SourceFacts facts) => facts.PictureCount * facts.CodedPixels;

    /// <summary>Pixels to encode.</summary>
    public static long EncodedPixels(TimeGrid grid, IEnumerable<Rendition> renditions) =>
        grid.FrameCount * renditions.Sum(rendition => rendition.Size.Pixels);

    /// <summary>
    /// The most pixels that one picture may have, so that decoding all of them stays below a bound even where pictures grow
    /// on the way.
    /// </summary>
    /// <param name="facts">The source.</param>
    /// <param name="maxWorkPixels">For all pictures.</param>
    /// <param name="maxPixels">For one picture, however few there are.</param>
    public static long MaxPicturePixels(SourceFacts facts, long maxWorkPixels, long maxPixels) =>
        Math.Min(maxPixels, maxWorkPixels / Math.Max(1, facts.PictureCount));
}
