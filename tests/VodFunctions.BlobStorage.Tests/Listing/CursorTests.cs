using System.Buffers.Text;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using VodFunctions.BlobStorage.Listing;
using VodFunctions.BlobStorage.Tests.Support;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Listing;

public sealed class CursorTests
{
    private static readonly string s_entry = $"{NewestFirstKey.From(Some.Moment)}-{Some.VideoId()}";

    [Fact]
    public void A_cursor_is_read_back()
    {
        var cursor = new Cursor("2!92!bWFya2Vy", s_entry);

        Assert.Equal(cursor, Cursor.Parse(cursor.ToText("feeds/"), "feeds/"));
    }

    [Fact]
    public void No_cursor_is_the_start() => Assert.Equal(Cursor.Start, Cursor.Parse(null, "feeds/"));

    [Fact]
    public void A_cursor_of_another_listing_is_refused()
    {
        string foreign = new Cursor("", s_entry).ToText("owners/other/");

        Assert.Throws<FormatException>(() => Cursor.Parse(foreign, "owners/mine/"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("%2e%2e")]
    [InlineData("AAAA")]
    [InlineData("__________8")]
    [InlineData("../../videos/")]
    public void Garbage_is_refused(string text) => Assert.Throws<FormatException>(() => Cursor.Parse(text, "feeds/"));

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\rb")]
    [InlineData("\u007f")]
    [InlineData("a b")]
    [InlineData("é")]
    public void A_marker_with_a_character_that_no_storage_gives_is_refused(string marker)
    {
        string text = new Cursor(marker, s_entry).ToText("feeds/");

        Assert.Throws<FormatException>(() => Cursor.Parse(text, "feeds/"));
    }

    [Theory]
    [InlineData("../videos/x")]
    [InlineData("0000000000000000_00")]
    [InlineData("zz")]
    public void A_last_entry_that_is_none_is_refused(string entry)
    {
        string text = new Cursor("", entry).ToText("feeds/");

        Assert.Throws<FormatException>(() => Cursor.Parse(text, "feeds/"));
    }

    [Fact]
    public void A_cursor_of_any_length_beyond_reason_is_refused()
    {
        string text = new Cursor(new string('m', 5000), s_entry).ToText("feeds/");

        Assert.Throws<FormatException>(() => Cursor.Parse(text, "feeds/"));
    }

    [Fact]
    public void Random_text_ends_in_a_format_exception_and_nothing_else() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<string>(), (bytes, text) =>
            IsRefused(Base64Url.EncodeToString(bytes)) && IsRefused(text ?? "")
                && IsRefused(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text ?? ""))))
        .QuickCheckThrowOnFailure();

    private static bool IsRefused(string text)
    {
        try
        {
            Cursor.Parse(text, "feeds/");
            return false;
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
