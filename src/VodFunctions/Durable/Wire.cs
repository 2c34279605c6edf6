using System.Text.Json;
using VodFunctions.Core.Json;

namespace VodFunctions.Durable;

/// <summary>
/// How values travel through the engine: as JSON that Core wrote, put into the history as it is. Neither the worker's
/// serializer nor the engine's converter has a say in it.
/// </summary>
internal static class Wire
{
    public static JsonElement Pack<T>(T value) => JsonSerializer.SerializeToElement(value, VodJson.Options);

    public static JsonElement PackText(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static T Unpack<T>(JsonElement element) => VodJson.Deserialize<T>(element.GetRawText());
}
