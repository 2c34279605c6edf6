using System.Text.Json;

namespace VodFunctions.WebPubSubEmulator.Frames;

/// <summary>What a message holds.</summary>
internal enum DataType
{
    /// <summary>JSON text, embedded as it is.</summary>
    Json,

    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>Bytes, base64 on the wire.</summary>
    Binary,
}

/// <summary>A message on its way to connections.</summary>
/// <param name="DataType">What it holds.</param>
/// <param name="Data">The content, in bytes.</param>
/// <param name="Group">The group that it was sent to; null when the server sent it otherwise.</param>
/// <param name="FromUserId">The member who sent it to the group.</param>
internal sealed record HubMessage(
    DataType DataType, ReadOnlyMemory<byte> Data, string? Group = null, string? FromUserId = null)
{
    /// <summary>A message of JSON. Nothing but whole JSON may be embedded in a frame.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static HubMessage FromJson(ReadOnlyMemory<byte> utf8)
    {
        using (JsonDocument.Parse(utf8))
        {
            return new(DataType.Json, utf8);
        }
    }
}

/// <summary>Why a request of a client was not carried out.</summary>
internal sealed record AckError(string Name, string Message)
{
    public static AckError Forbidden { get; } = new("Forbidden", "The client does not have permission.");

    public static AckError Duplicate { get; } = new("Duplicate", "A request with this ack id was handled before.");
}
