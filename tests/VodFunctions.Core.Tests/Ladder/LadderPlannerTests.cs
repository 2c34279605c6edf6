using FsCheck;
using FsCheck.Fluent;
using VodFunctions.Core.Ladder;
using VodFunctions.Core.Media;
using Xunit;

namespace VodFunctions.Core.Tests.Ladder;

public sealed class LadderPlannerTests
{
    private static readonly SourceRate s_plenty = new(Bitrate.Parse("50M"), 60);

    private static readonly Rung[] s_default =
        [new(720, Bitrate.Parse("4M")), new(480, Bitrate.Parse("2M")), new(240, Bitrate.Parse("500k"))];

    [Theory]
    [InlineData("1920x1080", "v720-4000k 1280x720, v480-2000k 854x480, v240-500k 426x240")]
    [InlineData("1080x1920", "v720-4000k 720x1280, v480-2000k 480x854, v240-500k 240x426")]
    [InlineData("1280x720", "v720-4000k 1280x720, v480-2000k 854x480, v240-500k 426x240")]
    [InlineData("720x720", "v720-4000k 720x720, v480-2000k 480x480, v240-500k 240x240")]
    [InlineData("854x480", "v480-2000k 854x480, v240-500k 428x240")]
    [InlineData("426x240", "v240-500k 426x240")]
    public void A_source_at_or_above_a_rung_gets_it_by_its_short_side(string source, string expected) =>
        Assert.Equal(expected, Describe(LadderPlanner.Plan(PixelSize.Parse(source), s_plenty, s_default)));

    [Fact]
    public void A_source_between_two_rungs_keeps_its_own_size_and_an_interpolated_bitrate()
    {
        IReadOnlyList<Rendition> plan = LadderPlanner.Plan(new PixelSize(1024, 576), s_plenty, s_default);

        // ln(576/480) / ln(720/480) = 0.4497: 2000k + 0.4497 * 2000k
        Assert.Equal("v576-2899k 1024x576, v480-2000k 854x480, v240-500k 426x240", Describe(plan));
    }

    [Fact]
    public void Of_two_rungs_within_ten_percent_the_larger_stays()
    {
        IReadOnlyList<Rendition> plan = LadderPlanner.Plan(new PixelSize(896, 504), s_plenty, s_default);

        Assert.Equal([504, 240], plan.Select(rendition => rendition.Size.ShortSide));
    }

    [Theory]
    [InlineData("64x64")]
    [InlineData("2x2")]
    [InlineData("1x1")]
    [InlineData("3x500")]
    public void A_tiny_source_still_gets_one(string source)
    {
        Rendition only = Assert.Single(LadderPlanner.Plan(PixelSize.Parse(source), s_plenty, s_default));

        Assert.True(only.Size.Width % 2 == 0 && only.Size.Height % 2 == 0);
    }

    [Theory]
    [InlineData("1800k", 1, "v720-3533k 1280x720, v480-2000k 854x480, v240-500k 426x240")]
    [InlineData("184k", 1, "v720-301k 1280x720, v480-301k 854x480, v240-301k 426x240")]
    [InlineData("184k", 2.2, "v720-742k 1280x720, v480-742k 854x480, v240-500k 426x240")]
    [InlineData("1k", 1, "v720-35k 1280x720, v480-35k 854x480, v240-35k 426x240")]
    public void A_poor_source_bounds_the_bits_and_drops_no_size(string average, double efficiency, string expected)
    {
        var source = new SourceRate(Bitrate.Parse(average), 60, efficiency);

        Assert.Equal(expected, Describe(LadderPlanner.Plan(new PixelSize(1920, 1080), source, s_default)));
    }

    [Fact]
    public void Ceiling_and_buffer_together_are_at_most_twice_the_source() => Check.QuickThrowOnFailure(Prop.ForAll(
        Arb.From(
            from kilobits in Gen.Choose(32, 60_000)
            from tenths in Gen.Choose(1, 36_000)
            select (Bits: Bitrate.FromKilobits(kilobits), Seconds: tenths / 10.0)),
        source =>
        {
            Rendition largest = LadderPlanner.Plan(new PixelSize(1280, 720), new(source.Bits, source.Seconds), s_default)[0];

            bool isRung = largest.Ceiling == Bitrate.Parse("4M");
            double most = (largest.Ceiling.BitsPerSecond * source.Seconds) + (largest.BufferBits ?? 0);
            Assert.True(isRung || most <= 2 * source.Bits.BitsPerSecond * source.Seconds, $"{source} {largest}");
        }));

    [Fact]
    public void Several_bitrates_of_one_height_are_kept()
    {
        Rung[] ladder = [.. s_default, new(720, Bitrate.Parse("2500k"))];

        IReadOnlyList<Rendition> plan = LadderPlanner.Plan(new PixelSize(1920, 1080), s_plenty, ladder);

        Assert.Equal(["v720-4000k", "v720-2500k", "v480-2000k", "v240-500k"], plan.Select(rendition => rendition.Name));
    }

    [Fact]
    public void A_very_wide_picture_stays_within_what_decoders_take()
    {
        IReadOnlyList<Rendition> plan = LadderPlanner.Plan(new PixelSize(30_000, 1_000), s_plenty, s_default);

        Assert.All(plan, rendition => Assert.True(rendition.Size.LongSide <= 4096));
    }

    [Fact]
    public void Every_plan_is_even_bounded_ordered_distinct_and_keeps_the_aspect() => Check.QuickThrowOnFailure(Prop.ForAll(
        Arb.From(
            from width in Gen.Choose(1, 8000)
            from height in Gen.Choose(1, 8000)
            from kilobits in Gen.Choose(1, 60_000)
            select (Size: new PixelSize(width, height), Bits: Bitrate.FromKilobits(kilobits))),
        source =>
        {
            IReadOnlyList<Rendition> plan = LadderPlanner.Plan(source.Size, new(source.Bits, 60), s_default);

            Assert.NotEmpty(plan);
            Assert.Equal(plan.Count, plan.Select(rendition => rendition.Name).Distinct().Count());
            Assert.Equal(plan, plan.OrderByDescending(r => r.Size.ShortSide).ThenByDescending(r => r.Ceiling));
            foreach (Rendition rendition in plan)
            {
                Assert.True(rendition.Size.Width % 2 == 0 && rendition.Size.Height % 2 == 0);
                Assert.True(rendition.Size.Width <= Math.Max(2, source.Size.Width));
                Assert.True(rendition.Size.Height <= Math.Max(2, source.Size.Height));
                Assert.True(
                    rendition.Ceiling.BitsPerSecond <= Math.Max(64_000, 2 * source.Bits.BitsPerSecond), $"{source} {rendition}");
                double expected = (double)source.Size.Width / source.Size.Height * rendition.Size.Height;
                double tolerance = 2 + (2.0 * source.Size.Width / source.Size.Height);
                Assert.True(Math.Abs(expected - rendition.Size.Width) <= tolerance, $"{source} {rendition}");
            }
        }));

    private static string Describe(IEnumerable<Rendition> plan) =>
        string.Join(", ", plan.Select(rendition => $"{rendition.Name} {rendition.Size}"));
}
