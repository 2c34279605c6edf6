using System.Buffers;
using System.Net.WebSockets;

namespace VodFunctions.WebPubSubEmulator.Connections;

/// <summary>Reads whole frames of at most a given size.</summary>
internal sealed class FrameReader(WebSocket socket, int maxBytes)
{
    private const int FirstBytes = 4096;

    /// <summary>The next frame, or null when the client closes.</summary>
    /// <exception cref="InvalidDataException">A frame is larger than allowed.</exception>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        var frame = new ArrayBufferWriter<byte>(FirstBytes);
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(frame.GetMemory(FirstBytes), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            frame.Advance(part.Count);
            if (frame.WrittenCount > maxBytes)
            {
                throw new InvalidDataException("A frame is too large.");
            }

            if (part.EndOfMessage)
            {
                return frame.WrittenMemory;
            }
        }
    }
}
