using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using VodFunctions.Core.Json;

namespace VodFunctions.Core.Media;

/// <summary>Bits per second, at least 1. Written as <c>4000k</c>, <c>4M</c> or <c>4000000</c>.</summary>
[JsonConverter(typeof(ParsableJsonConverter<Bitrate>))]
public readonly record struct Bitrate : IParsable<Bitrate>, IComparable<Bitrate>
{
    /// <summary>So many bits per second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public Bitrate(long bitsPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bitsPerSecond, 1);
        BitsPerSecond = bitsPerSecond;
    }

    /// <summary>Bits per second.</summary>
    public long BitsPerSecond { get; }

    /// <summary>Thousands of bits per second, rounded.</summary>
    public long Kilobits => (BitsPerSecond + 500) / 1000;

    /// <summary>So many thousands of bits per second.</summary>
    public static Bitrate FromKilobits(double kilobits) => new((long)Math.Round(kilobits * 1000));

    /// <summary>The smaller of two.</summary>
    public static Bitrate Min(Bitrate left, Bitrate right) => left < right ? left : right;

    /// <summary>Parses <c>4000k</c>, <c>4M</c> or <c>4000000</c>.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static Bitrate Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out Bitrate value) ? value : throw new FormatException($"Not a bitrate: '{s}'.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Bitrate result)
    {
        result = default;
        if (string.IsNullOrEmpty(s))
        {
            return false;
        }

        (int scale, int suffix) = s[^1] switch { 'k' or 'K' => (1000, 1), 'm' or 'M' => (1_000_000, 1), _ => (1, 0) };
        bool valid = decimal.TryParse(
            s.AsSpan(0, s.Length - suffix), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            && number <= 1_000_000_000_000m / scale && number * scale >= 1;
        result = valid ? new((long)(number * scale)) : default;
        return valid;
    }

    /// <inheritdoc />
    public int CompareTo(Bitrate other) => BitsPerSecond.CompareTo(other.BitsPerSecond);

    /// <summary>Fewer bits.</summary>
    public static bool operator <(Bitrate left, Bitrate right) => left.BitsPerSecond < right.BitsPerSecond;

    /// <summary>More bits.</summary>
    public static bool operator >(Bitrate left, Bitrate right) => left.BitsPerSecond > right.BitsPerSecond;

    /// <summary>Not more bits.</summary>
    public static bool operator <=(Bitrate left, Bitrate right) => left.BitsPerSecond <= right.BitsPerSecond;

    /// <summary>Not fewer bits.</summary>
    public static bool operator >=(Bitrate left, Bitrate right) => left.BitsPerSecond >= right.BitsPerSecond;

    /// <summary><c>4000k</c> when whole kilobits, else <c>4000001</c>.</summary>
    public override string ToString() => BitsPerSecond % 1000 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{BitsPerSecond / 1000}k")
        : BitsPerSecond.ToString(CultureInfo.InvariantCulture);
}
