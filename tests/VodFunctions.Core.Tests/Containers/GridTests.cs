using FsCheck;
using FsCheck.Fluent;
using VodFunctions.Core.Containers;
using VodFunctions.Core.Media;
using VodFunctions.Core.Transcoding;
using Xunit;

namespace VodFunctions.Core.Tests.Containers;

public sealed class GridTests
{
    private static readonly FrameRate[] s_rates =
    [
        new(24000, 1001), new(24, 1), new(25, 1), new(30000, 1001), new(30, 1), new(50, 1), new(60000, 1001), new(60, 1),
        new(7, 1), new(15, 2), new(1, 1),
    ];

    private static readonly Arbitrary<TimeGrid> s_grids = Arb.From(
        from rate in Gen.Elements(s_rates)
        from frames in Gen.OneOf(Gen.Choose(1, 200), Gen.Choose(1, 220_000))
        from seconds in Gen.Elements(2, 4, 6, 10)
        from fast in Gen.Elements(true, false)
        select new TimeGrid(rate, frames, seconds, fast));

    [Fact]
    public void Groups_and_segments_add_up_to_all_frames() => Check.QuickThrowOnFailure(Prop.ForAll(s_grids, grid =>
    {
        long[] counts = [.. Enumerable.Range(0, grid.GroupCount).Select(group => GroupFrames.Count(grid, group))];
        return counts.Sum() == grid.FrameCount && counts.All(count => count > 0)
            && grid.GroupsPerSegment().Sum() == grid.GroupCount && grid.GroupsPerSegment().All(groups => groups > 0);
    }));

    [Fact]
    public void A_group_begins_with_the_first_frame_at_or_after_every_two_seconds() => Check.QuickThrowOnFailure(Prop.ForAll(
        s_grids, grid => Enumerable.Range(1, grid.GroupCount - 1).All(group =>
        {
            // In whole numbers: frame x denominator against seconds x numerator.
            long first = GroupFrames.First(grid, group);
            long at = group * 2L * grid.FrameRate.Numerator;
            return first * grid.FrameRate.Denominator >= at && (first - 1) * grid.FrameRate.Denominator < at;
        })));

    [Fact]
    public void No_segment_is_longer_than_its_target_and_a_frame() => Check.QuickThrowOnFailure(Prop.ForAll(s_grids, grid =>
    {
        int group = 0;
        return grid.GroupsPerSegment().All(groups =>
        {
            long frames = GroupFrames.First(grid, group + groups) - GroupFrames.First(grid, group);
            group += groups;
            return grid.FrameRate.SecondsOf(frames - 1) <= grid.SegmentSeconds;
        });
    }));

    [Fact]
    public void Sound_has_the_pictures_segments_within_one_aac_frame() => Check.QuickThrowOnFailure(Prop.ForAll(s_grids, grid =>
    {
        const double aacFrame = 1024.0 / 48000;
        const double rounding = 1e-9;
        IReadOnlyList<int> sound = SoundGrid.FramesPerSegment(grid);
        IReadOnlyList<int> groups = grid.GroupsPerSegment();
        long frames = 0;
        int group = 0;
        bool aligned = true;
        for (int i = 0; i < groups.Count; i++)
        {
            double apart = grid.FrameRate.SecondsOf(GroupFrames.First(grid, group)) - frames * aacFrame;
            aligned &= apart > -rounding && apart < aacFrame + rounding;
            frames += sound[i];
            group += groups[i];
        }

        double longer = frames * aacFrame - grid.DurationSeconds;
        return aligned && sound.Count == groups.Count && sound.All(count => count > 0)
            && frames == SoundGrid.FrameCount(grid) && longer > -rounding && longer < aacFrame + rounding;
    }));
}
