using FsCheck;
using FsCheck.Fluent;
using VodFunctions.Core.Media;
using VodFunctions.FFmpeg.Probing;

namespace VodFunctions.FFmpeg.Tests.Probing;

public sealed class NaturalFrameRateTests
{
    private static readonly Arbitrary<double> s_rates =
        Gen.Choose(1, 2_000_000).Select(thousandths => thousandths / 1000.0).ToArbitrary();

    [Fact]
    public void Every_result_is_a_known_rate_of_at_most_60() => Check.QuickThrowOnFailure(Prop.ForAll(s_rates, rate =>
        NaturalFrameRate.Rates.Contains(NaturalFrameRate.Snap(rate)) && NaturalFrameRate.Snap(rate).FramesPerSecond <= 60));

    [Fact]
    public void Up_to_60_at_most_three_in_a_hundred_pictures_are_lost() => Check.QuickThrowOnFailure(Prop.ForAll(s_rates, rate =>
        rate > 60 || NaturalFrameRate.Snap(rate).FramesPerSecond >= rate / 1.0301));

    [Fact]
    public void A_known_rate_stays_itself() => Assert.All(
        NaturalFrameRate.Rates, rate => Assert.Equal(rate, NaturalFrameRate.Snap(rate.FramesPerSecond)));

    [Fact]
    public void A_faster_source_never_gets_a_slower_rate() => Check.QuickThrowOnFailure(Prop.ForAll(s_rates, s_rates, (a, b) =>
        Math.Min(a, b) < 5
        || NaturalFrameRate.Snap(Math.Min(a, b)).FramesPerSecond <= NaturalFrameRate.Snap(Math.Max(a, b)).FramesPerSecond));

    [Theory]
    [InlineData(29.9698, "30000/1001")]
    [InlineData(29.999, "30/1")]
    [InlineData(23.9744, "24000/1001")]
    [InlineData(59.9, "60000/1001")]
    [InlineData(27.3, "30000/1001")]
    [InlineData(35, "50/1")]
    [InlineData(48, "50/1")]
    [InlineData(240, "60/1")]
    [InlineData(1000, "60/1")]
    [InlineData(1, "10/1")]
    [InlineData(0, "30/1")]
    [InlineData(double.NaN, "30/1")]
    [InlineData(double.PositiveInfinity, "30/1")]
    public void Examples(double measured, string expected) =>
        Assert.Equal(FrameRate.Parse(expected), NaturalFrameRate.Snap(measured));

    [Fact]
    public void Jitter_and_dropped_pictures_do_not_change_the_natural_rate() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Elements(NaturalFrameRate.Rates.Where(rate => rate.FramesPerSecond > 20).ToArray()).ToArbitrary(),
        Gen.Choose(0, 1_000_000).ToArbitrary(),
        (rate, seed) =>
        {
            var random = new System.Random(seed);
            var intervals = new FrameIntervals();
            int frame = 0;
            for (int shown = 0; shown < 900; shown++)
            {
                // Whole milliseconds, as WebM has them; one in ten pictures is missing, now and then a pause.
                intervals.Add(Math.Round(rate.SecondsOf(frame), 3));
                frame += random.Next(10) == 0 ? 2 : 1;
                frame += random.Next(100) == 0 ? 200 : 0;
            }

            return NaturalFrameRate.Snap(1 / intervals.NaturalSeconds()!.Value) is var found
                && Math.Abs(found.FramesPerSecond - rate.FramesPerSecond) < 0.1;
        }));

    [Fact]
    public void Pictures_in_decoding_order_are_put_into_showing_order()
    {
        var intervals = new FrameIntervals();
        foreach (int group in Enumerable.Range(0, 20))
        {
            foreach (int picture in new[] { 3, 1, 0, 2 })
            {
                intervals.Add(((group * 4) + picture) / 25.0);
            }
        }

        Assert.Equal(0.04, intervals.NaturalSeconds()!.Value, 6);
    }

    [Fact]
    public void One_picture_has_no_rate()
    {
        var intervals = new FrameIntervals();
        intervals.Add(1);

        Assert.Null(intervals.NaturalSeconds());
    }
}
