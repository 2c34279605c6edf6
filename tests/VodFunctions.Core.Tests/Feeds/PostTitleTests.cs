using VodFunctions.Core.Feeds;
using Xunit;

namespace VodFunctions.Core.Tests.Feeds;

public sealed class PostTitleTests
{
    private static readonly string s_long = new('x', 79);

    [Theory]
    [InlineData("Our holiday", "Our holiday")]
    [InlineData("  Our holiday \n and more", "Our holiday")]
    [InlineData("\r\n \t\nOur holiday\r\nand more", "Our holiday")]
    [InlineData("우리 휴가\u2028둘째 줄", "우리 휴가")]
    [InlineData("<b>not markup</b>", "<b>not markup</b>")]
    public void It_is_the_first_line_that_says_something(string text, string title) =>
        Assert.Equal(title, PostTitle.Of(text));

    [Fact]
    public void What_fits_is_left_whole_and_what_does_not_is_cut()
    {
        Assert.Equal(s_long + "y", PostTitle.Of(s_long + "y"));
        Assert.Equal(s_long + "…", PostTitle.Of(s_long + "yz"));
    }

    [Fact]
    public void White_space_before_the_cut_goes() =>
        Assert.Equal(new string('x', 70) + "…", PostTitle.Of(new string('x', 70) + new string(' ', 20) + "end"));

    [Theory]
    [InlineData("👍🏽")]
    [InlineData("👩‍👩‍👧‍👦")]
    [InlineData("e\u0301")]
    [InlineData("\u1112\u1161\u11ab")]
    public void No_character_is_cut_in_two(string character)
    {
        string title = PostTitle.Of(string.Concat(Enumerable.Repeat(character, 80)));

        Assert.InRange(title.Length, PostTitle.MaxLength - character.Length, PostTitle.MaxLength);
        Assert.Equal("…", title.Replace(character, "", StringComparison.Ordinal));
    }

    [Fact]
    public void One_character_that_is_longer_than_a_title_is_left_out() =>
        Assert.Equal("…", PostTitle.Of("e" + new string('\u0301', 4000)));
}
