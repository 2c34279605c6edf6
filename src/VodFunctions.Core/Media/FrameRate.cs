using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using VodFunctions.Core.Json;

namespace VodFunctions.Core.Media;

/// <summary>Frames per second as a fraction, so that 29.97 is exact. Written as <c>30000/1001</c> or <c>25/1</c>.</summary>
[JsonConverter(typeof(ParsableJsonConverter<FrameRate>))]
public readonly record struct FrameRate : IParsable<FrameRate>
{
    /// <summary>A rate, reduced to lowest terms.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A part is less than 1.</exception>
    public FrameRate(int numerator, int denominator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numerator, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(denominator, 1);
        int divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(numerator, denominator);
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    /// <summary>Frames in <see cref="Denominator"/> seconds.</summary>
    public int Numerator { get; }

    /// <summary>Seconds.</summary>
    public int Denominator { get; }

    /// <summary>Frames per second.</summary>
    public double FramesPerSecond => (double)Numerator / Denominator;

    /// <summary>How long <paramref name="frames"/> frames last, in seconds.</summary>
    public double SecondsOf(long frames) => (double)frames * Denominator / Numerator;

    /// <summary>The index of the first frame whose time is <paramref name="seconds"/> or later.</summary>
    public long FirstFrameAt(int seconds) => ((long)seconds * Numerator + Denominator - 1) / Denominator;

    /// <summary>Parses <c>30000/1001</c>.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static FrameRate Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out FrameRate value) ? value : throw new FormatException($"Not a frame rate: '{s}'.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out FrameRate result)
    {
        result = default;
        string[] parts = s?.Split('/') ?? [];
        if (parts.Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int numerator)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int denominator)
            || numerator < 1 || denominator < 1)
        {
            return false;
        }

        result = new(numerator, denominator);
        return true;
    }

    /// <summary><c>30000/1001</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
