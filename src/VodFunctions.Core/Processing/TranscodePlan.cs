using VodFunctions.Core.Ladder;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Transcoding;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing;

/// <summary>What is made of a source, and which renditions share a process.</summary>
/// <param name="Grid">Frames, groups and segments, the same in all.</param>
/// <param name="Renditions">Largest first.</param>
/// <param name="Groups">Every rendition in exactly one group; a group is a process.</param>
public sealed record TranscodePlan(
    TimeGrid Grid, IReadOnlyList<Rendition> Renditions, IReadOnlyList<IReadOnlyList<Rendition>> Groups)
{
    /// <summary>Plans. Pure: the same facts and policy give the same plan.</summary>
    public static TranscodePlan Create(SourceFacts facts, JobPolicy policy)
    {
        IReadOnlyList<Rendition> renditions = LadderPlanner.Plan(facts.ShownSize, SourceRate.Of(facts, byAverage: !policy.BoundsBytes), policy.Ladder);
        long frames = Math.Max(1, (long)Math.Round(facts.DurationSeconds * facts.FrameRate.FramesPerSecond));
        var grid = new TimeGrid(facts.FrameRate, frames, policy.SegmentSeconds, policy.FastStart);
        IReadOnlyList<IReadOnlyList<Rendition>> groups = policy.Grouping switch
        {
            Grouping.SharedDecode => [renditions],
            _ => [.. renditions.Select(rendition => (IReadOnlyList<Rendition>)[rendition])],
        };
        return new TranscodePlan(grid, renditions, groups);
    }

    /// <summary>Why the plan is not carried out: it is more work than one video may be.</summary>
    public JobError? Refusal(SourceFacts facts, JobPolicy policy)
    {
        long decoded = WorkSize.DecodedPixels(facts);
        long encoded = WorkSize.EncodedPixels(Grid, Renditions);
        return decoded + encoded > policy.MaxWorkPixels
            ? new(JobErrorCode.TooMuchWork, FormattableString.Invariant(
                $"{decoded / 1e9:F0} + {encoded / 1e9:F0} billion pixels to decode and encode; {policy.MaxWorkPixels / 1e9:F0} are allowed."))
            : null;
    }

    /// <summary>What a group costs, for the percent: its pixels. The sound and the stills cost about a small rendition each.</summary>
    public static long CostOf(IReadOnlyList<Rendition> group) => group.Sum(rendition => rendition.Size.Pixels);

    /// <summary>What the sound or the stills cost, in the unit of <see cref="CostOf"/>.</summary>
    public const long SmallCost = 426 * 240 / 2;
}
