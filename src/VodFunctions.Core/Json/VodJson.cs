using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VodFunctions.Core.Json;

/// <summary>The one JSON dialect of records, journal entries, API bodies and notices: camelCase, no nulls, UTF-8 text.</summary>
public static class VodJson
{
    /// <summary>The shared options. Read only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Serializes with <see cref="Options"/>.</summary>
    public static string Serialize<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Deserializes with <see cref="Options"/>.</summary>
    /// <exception cref="JsonException">The text is no JSON of that shape, or is <c>null</c>.</exception>
    public static T Deserialize<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"Expected a {typeof(T).Name}, found null.");

    /// <summary>The same for a type that is known at run time only.</summary>
    /// <exception cref="JsonException">The text is no JSON of that shape, or is <c>null</c>.</exception>
    public static object Deserialize(string json, Type type) =>
        JsonSerializer.Deserialize(json, type, Options) ?? throw new JsonException($"Expected a {type.Name}, found null.");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // Korean text stays readable; what is sensitive in HTML is still escaped.
            Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
