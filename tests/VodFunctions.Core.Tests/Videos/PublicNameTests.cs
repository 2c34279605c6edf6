using VodFunctions.Core.Videos;
using VodFunctions.Testing.InMemory;
using Xunit;

namespace VodFunctions.Core.Tests.Videos;

public sealed class PublicNameTests
{
    private static readonly UserId s_alice = UserId.Parse("alice@example.com");

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
    public void A_pseudonym_is_stable_and_differs_between_users()
    {
        string shown = PublicName.Pseudonym(s_alice, FixedPseudonymKey.Key.Span);

        Assert.Matches("^user-[0-9a-f]{10}$", shown);
        Assert.Equal(shown, PublicName.Pseudonym(s_alice, FixedPseudonymKey.Key.Span));
        Assert.NotEqual(shown, PublicName.Pseudonym(UserId.Parse("bob@example.com"), FixedPseudonymKey.Key.Span));
        Assert.DoesNotContain(shown["user-".Length..], s_alice.ToPathSegment(), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_guesses_an_id_cannot_check_the_guess_without_the_key() => Assert.NotEqual(
        PublicName.Pseudonym(s_alice, FixedPseudonymKey.Key.Span), PublicName.Pseudonym(s_alice, new byte[32]));

    [Fact]
    public async Task A_name_is_shown_in_place_of_a_pseudonym()
    {
        var names = new PublicNames(new FixedPseudonymKey());

        Assert.Equal("Alice", await names.OfAsync(s_alice, "Alice", default));
        Assert.Equal(
            PublicName.Pseudonym(s_alice, FixedPseudonymKey.Key.Span), await names.OfAsync(s_alice, null, default));
    }
}
