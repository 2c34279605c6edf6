using VodFunctions.WebPubSubEmulator.Frames;

namespace VodFunctions.WebPubSubEmulator.Connections;

/// <summary>How a client and the service talk.</summary>
/// <param name="Name">As the WebSocket handshake names it; null for a simple client.</param>
/// <param name="IsReliable">Whether messages are numbered, acknowledged and sent again.</param>
internal sealed record Subprotocol(string? Name, bool IsReliable)
{
    public static Subprotocol Json { get; } = new("json.webpubsub.azure.v1", false);

    public static Subprotocol ReliableJson { get; } = new("json.reliable.webpubsub.azure.v1", true);

    /// <summary>Gets the bare content of messages; what it sends is an event for the server.</summary>
    public static Subprotocol Simple { get; } = new(null, false);

    /// <summary>The first of the client's that is known here; otherwise it is a simple client.</summary>
    public static Subprotocol Choose(IEnumerable<string> requested) =>
        requested.Select(name => name == Json.Name ? Json : name == ReliableJson.Name ? ReliableJson : null)
            .FirstOrDefault(known => known is not null) ?? Simple;

    public bool IsSimple => Name is null;

    public Frame Encode(HubMessage message, long? sequenceId) => IsSimple
        ? new(message.Data, message.DataType == DataType.Binary)
        : ServerFrame.Message(message, sequenceId);
}
