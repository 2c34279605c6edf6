using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Core.Tests.Videos;

public sealed class PublicNameTests
{
    [Theory]
    [InlineData("Alice Kim", "Alice Kim")]
    [InlineData("  김민수 ", "김민수")]
    [InlineData("", null)]
    [InlineData("   ", null)]
    [InlineData(null, null)]
    [InlineData("a\u0000b", null)]
    [InlineData("a\nb", null)]
    public void A_name_is_shown_as_it_is_or_not_at_all(string? claim, string? shown) =>
        Assert.Equal(shown, PublicName.Clean(claim));

    [Fact]
    public void A_name_has_at_most_80_characters()
    {
        Assert.NotNull(PublicName.Clean(new string('x', 80)));
        Assert.Null(PublicName.Clean(new string('x', 81)));
    }

    [Fact]
    public void A_pseudonym_is_stable_differs_between_users_and_says_nothing_of_the_id()
    {
        UserId alice = UserId.Parse("alice@example.com");

        string shown = PublicName.Of(alice, null);

        Assert.Matches("^user-[0-9a-f]{10}$", shown);
        Assert.Equal(shown, PublicName.Of(alice, null));
        Assert.NotEqual(shown, PublicName.Of(UserId.Parse("bob@example.com"), null));
        Assert.DoesNotContain(shown["user-".Length..], alice.ToPathSegment(), StringComparison.Ordinal);
        Assert.Equal("Alice", PublicName.Of(alice, "Alice"));
    }
}
