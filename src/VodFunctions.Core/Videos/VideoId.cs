using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using VodFunctions.Core.Json;

namespace VodFunctions.Core.Videos;

/// <summary>Names a video for its whole life, and its blobs and records with it: 128 random bits, 32 lower-case hexadecimal digits.</summary>
[JsonConverter(typeof(ParsableJsonConverter<VideoId>))]
public readonly record struct VideoId : IParsable<VideoId>
{
    private readonly string? _value;

    private VideoId(string value) => _value = value;

    /// <summary>Makes an id of 16 bytes (random ones: see <see cref="IIdGenerator"/>).</summary>
    public static VideoId FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == RandomId.Bytes
            ? new(Convert.ToHexStringLower(bytes))
            : throw new ArgumentException($"An id has {RandomId.Bytes} bytes.", nameof(bytes));

    /// <summary>Parses 32 lower-case hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static VideoId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out VideoId id) ? id : throw new FormatException("Not a video id.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out VideoId result)
    {
        bool valid = RandomId.IsValid(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <inheritdoc cref="TryParse(string?, IFormatProvider?, out VideoId)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, out VideoId result) => TryParse(s, null, out result);

    /// <summary>The 32 digits.</summary>
    public override string ToString() => _value ?? throw new InvalidOperationException("An empty video id.");
}
