using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using VodFunctions.Core.Json;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Feeds;

/// <summary>Names a post of the feed: 128 random bits, 32 lower-case hexadecimal digits.</summary>
[JsonConverter(typeof(ParsableJsonConverter<FeedId>))]
public readonly record struct FeedId : IParsable<FeedId>
{
    private readonly string? _value;

    private FeedId(string value) => _value = value;

    /// <summary>Makes an id of 16 bytes (random ones: see <see cref="IIdGenerator"/>).</summary>
    public static FeedId FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == RandomId.Bytes
            ? new(Convert.ToHexStringLower(bytes))
            : throw new ArgumentException($"An id has {RandomId.Bytes} bytes.", nameof(bytes));

    /// <summary>Parses 32 lower-case hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static FeedId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out FeedId id) ? id : throw new FormatException("Not a post id.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out FeedId result)
    {
        bool valid = RandomId.IsValid(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <inheritdoc cref="TryParse(string?, IFormatProvider?, out FeedId)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, out FeedId result) => TryParse(s, null, out result);

    /// <summary>The 32 digits.</summary>
    public override string ToString() => _value ?? throw new InvalidOperationException("An empty post id.");
}
