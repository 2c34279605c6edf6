namespace VodFunctions.WebPubSubEmulator.Frames;

/// <summary>One frame to send.</summary>
/// <param name="Bytes">The payload.</param>
/// <param name="IsBinary">Only simple clients are sent binary frames; the JSON subprotocols are text.</param>
internal readonly record struct Frame(ReadOnlyMemory<byte> Bytes, bool IsBinary = false);
