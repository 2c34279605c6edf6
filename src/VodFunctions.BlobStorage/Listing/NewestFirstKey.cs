using System.Buffers;
using System.Globalization;

namespace VodFunctions.BlobStorage.Listing;

/// <summary>
/// A moment as text that sorts the other way round: the ticks left until the end of year 9999, as 16 hexadecimal digits.
/// Blob storage lists by name, so names that begin with it are listed newest first.
/// </summary>
public readonly record struct NewestFirstKey
{
    /// <summary>Characters of every key.</summary>
    public const int Length = 16;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    private NewestFirstKey(DateTimeOffset at) => At = at;

    /// <summary>The moment, in UTC, to a tick (100 ns).</summary>
    public DateTimeOffset At { get; }

    /// <summary>Makes the key of a moment.</summary>
    public static NewestFirstKey From(DateTimeOffset at) => new(at.ToUniversalTime());

    /// <summary>Parses 16 lower-case hexadecimal digits.</summary>
    /// <returns>False when the text is anything else, or no moment.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out NewestFirstKey key)
    {
        key = default;
        if (text.Length != Length || text.ContainsAnyExcept(s_digits)
            || !long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long left)
            || left < 0 || left > DateTimeOffset.MaxValue.Ticks)
        {
            return false;
        }

        key = new(new DateTimeOffset(DateTimeOffset.MaxValue.Ticks - left, TimeSpan.Zero));
        return true;
    }

    /// <summary>The 16 digits.</summary>
    public override string ToString() =>
        (DateTimeOffset.MaxValue.Ticks - At.UtcTicks).ToString("x16", CultureInfo.InvariantCulture);
}
