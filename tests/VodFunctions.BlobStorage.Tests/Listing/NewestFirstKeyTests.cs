using FsCheck;
using FsCheck.Fluent;
using VodFunctions.BlobStorage.Listing;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Listing;

public sealed class NewestFirstKeyTests
{
    private static readonly Arbitrary<DateTimeOffset> s_moments =
        (from high in Gen.Choose(0, int.MaxValue)
         from low in Gen.Choose(0, int.MaxValue)
         select new DateTimeOffset((((long)high << 31) | (long)low) % (DateTimeOffset.MaxValue.Ticks + 1), TimeSpan.Zero))
        .ToArbitrary();

    [Fact]
    public void The_later_of_two_moments_sorts_first() => Prop.ForAll(s_moments, s_moments, (one, other) =>
        Math.Sign(string.CompareOrdinal(NewestFirstKey.From(one).ToString(), NewestFirstKey.From(other).ToString()))
            == Math.Sign(other.CompareTo(one))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_tick_is_enough_to_tell_moments_apart() => Prop.ForAll(s_moments, moment =>
        moment == DateTimeOffset.MaxValue || string.CompareOrdinal(
            NewestFirstKey.From(moment.AddTicks(1)).ToString(), NewestFirstKey.From(moment).ToString()) < 0)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_key_is_read_back_to_its_moment() => Prop.ForAll(s_moments, moment =>
        NewestFirstKey.From(moment).ToString() is { Length: NewestFirstKey.Length } text
            && NewestFirstKey.TryParse(text, out NewestFirstKey key) && key.At == moment).QuickCheckThrowOnFailure();

    [Fact]
    public void The_offset_does_not_matter() => Assert.Equal(
        NewestFirstKey.From(new DateTimeOffset(2026, 1, 2, 3, 0, 0, TimeSpan.Zero)),
        NewestFirstKey.From(new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.FromHours(9))));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("ffffffffffffffff")]
    [InlineData("7fffffffffffffff")]
    [InlineData("00000000000000AB")]
    [InlineData("0x00000000000001")]
    [InlineData("00000000000000001")]
    public void Anything_else_is_no_key(string text) => Assert.False(NewestFirstKey.TryParse(text, out _));
}
