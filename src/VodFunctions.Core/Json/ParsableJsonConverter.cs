using System.Text.Json;
using System.Text.Json.Serialization;

namespace VodFunctions.Core.Json;

/// <summary>Writes a value type as its text and reads it back through its own checked <c>TryParse</c>.</summary>
/// <typeparam name="T">A type whose <see cref="object.ToString"/> and <c>TryParse</c> are each other's inverse.</typeparam>
public sealed class ParsableJsonConverter<T> : JsonConverter<T>
    where T : struct, IParsable<T>
{
    /// <inheritdoc />
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.TryParse(reader.GetString(), null, out T value)
            ? value
            : throw new JsonException($"Not a valid {typeof(T).Name}.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
