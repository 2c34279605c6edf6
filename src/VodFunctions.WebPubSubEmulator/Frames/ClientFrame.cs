using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace VodFunctions.WebPubSubEmulator.Frames;

/// <summary>One frame of a client.</summary>
internal sealed record ClientFrame(string Type)
{
    /// <summary>Set where the client wants to hear how it went.</summary>
    public ulong? AckId { get; init; }

    public string Group { get; init; } = "";

    public bool NoEcho { get; init; }

    /// <summary>Everything up to this number has arrived.</summary>
    public long SequenceId { get; init; }

    /// <summary>What to send to a group.</summary>
    public HubMessage? Message { get; init; }

    /// <summary>Reads a frame; false where it is none of the subprotocol.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out ClientFrame? frame)
    {
        frame = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            JsonElement json = document.RootElement;
            frame = json.GetProperty("type").GetString() switch
            {
                "ping" => new("ping"),
                "sequenceAck" => new("sequenceAck") { SequenceId = json.GetProperty("sequenceId").GetInt64() },
                "event" when Text(json, "event").Length > 0 => new("event") { AckId = AckIdOf(json) },
                "joinGroup" or "leaveGroup" => new(Text(json, "type")) { AckId = AckIdOf(json), Group = Text(json, "group") },
                "sendToGroup" => new("sendToGroup")
                {
                    AckId = AckIdOf(json),
                    Group = Text(json, "group"),
                    NoEcho = json.TryGetProperty("noEcho", out JsonElement noEcho) && noEcho.GetBoolean(),
                    Message = MessageOf(json),
                },
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            // Not JSON, or members of another kind.
        }

        return frame is not null;
    }

    private static ulong? AckIdOf(JsonElement json) =>
        json.TryGetProperty("ackId", out JsonElement id) && id.ValueKind != JsonValueKind.Null ? id.GetUInt64() : null;

    private static HubMessage MessageOf(JsonElement json)
    {
        JsonElement data = json.GetProperty("data");
        return Text(json, "dataType") switch
        {
            "text" => new(DataType.Text, Encoding.UTF8.GetBytes(data.GetString() ?? "")),
            "binary" => new(DataType.Binary, data.GetBytesFromBase64()),
            "json" => new(DataType.Json, Encoding.UTF8.GetBytes(data.GetRawText())),
            _ => throw new FormatException("No such data type."),
        };
    }

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException("Not a text.");
}
