using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VodFunctions.WebPubSubEmulator.Frames;

/// <summary>Writes what the service sends in the subprotocols <c>json.webpubsub.azure.v1</c> and its reliable kin.</summary>
internal static class ServerFrame
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Frame Connected(string connectionId, string? userId, string? reconnectionToken) => Write(json =>
    {
        json.WriteString("type", "system");
        json.WriteString("event", "connected");
        if (userId is not null)
        {
            json.WriteString("userId", userId);
        }

        json.WriteString("connectionId", connectionId);
        if (reconnectionToken is not null)
        {
            json.WriteString("reconnectionToken", reconnectionToken);
        }
    });

    public static Frame Disconnected(string message) => Write(json =>
    {
        json.WriteString("type", "system");
        json.WriteString("event", "disconnected");
        json.WriteString("message", message);
    });

    public static Frame Pong() => Write(json => json.WriteString("type", "pong"));

    public static Frame Ack(ulong ackId, AckError? error) => Write(json =>
    {
        json.WriteString("type", "ack");
        json.WriteNumber("ackId", ackId);
        json.WriteBoolean("success", error is null);
        if (error is not null)
        {
            json.WriteStartObject("error");
            json.WriteString("name", error.Name);
            json.WriteString("message", error.Message);
            json.WriteEndObject();
        }
    });

    /// <param name="message">The message.</param>
    /// <param name="sequenceId">The message's number on this connection; null where it is not reliable.</param>
    public static Frame Message(HubMessage message, long? sequenceId) => Write(json =>
    {
        json.WriteString("type", "message");
        json.WriteString("from", message.Group is null ? "server" : "group");
        if (message.Group is not null)
        {
            json.WriteString("group", message.Group);
        }

        if (message.FromUserId is not null)
        {
            json.WriteString("fromUserId", message.FromUserId);
        }

        if (sequenceId is { } number)
        {
            json.WriteNumber("sequenceId", number);
        }

        WriteData(json, message);
    });

    private static void WriteData(Utf8JsonWriter json, HubMessage message)
    {
        switch (message.DataType)
        {
            case DataType.Json:
                json.WriteString("dataType", "json");
                json.WritePropertyName("data");
                json.WriteRawValue(message.Data.Span);
                break;
            case DataType.Text:
                json.WriteString("dataType", "text");
                json.WriteString("data", Encoding.UTF8.GetString(message.Data.Span));
                break;
            default:
                json.WriteString("dataType", "binary");
                json.WriteBase64String("data", message.Data.Span);
                break;
        }
    }

    private static Frame Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return new(buffer.ToArray());
    }
}
