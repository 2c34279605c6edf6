using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using VodFunctions.Core.Json;

namespace VodFunctions.Core.Media;

/// <summary>Width and height of a picture in square pixels, both at least 1. Written as <c>1280x720</c>.</summary>
[JsonConverter(typeof(ParsableJsonConverter<PixelSize>))]
public readonly record struct PixelSize : IParsable<PixelSize>
{
    /// <summary>A picture's size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is less than 1.</exception>
    public PixelSize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        Width = width;
        Height = height;
    }

    /// <summary>Pixels from left to right.</summary>
    public int Width { get; }

    /// <summary>Pixels from top to bottom.</summary>
    public int Height { get; }

    /// <summary>The side that names a rung of the ladder, so that portrait works.</summary>
    public int ShortSide => Math.Min(Width, Height);

    /// <summary>The other side.</summary>
    public int LongSide => Math.Max(Width, Height);

    /// <summary>Width times height.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>Turned by a quarter.</summary>
    public PixelSize Turned => new(Height, Width);

    /// <summary>Parses <c>1280x720</c>.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static PixelSize Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out PixelSize value) ? value : throw new FormatException($"Not a picture size: '{s}'.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PixelSize result)
    {
        result = default;
        string[] sides = s?.Split('x') ?? [];
        bool valid = sides.Length == 2
            && int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            && int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height)
            && Set(width, height, out result);
        return valid;

        static bool Set(int width, int height, out PixelSize size)
        {
            bool positive = width > 0 && height > 0;
            size = positive ? new(width, height) : default;
            return positive;
        }
    }

    /// <summary><c>1280x720</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");
}
