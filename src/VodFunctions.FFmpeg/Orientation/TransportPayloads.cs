namespace VodFunctions.FFmpeg.Orientation;

/// <summary>
/// Takes the headers out of a transport stream's packets (ISO/IEC 13818-1 section 2.4.3.2), so that units which go on in the
/// next packet of their stream are whole.
/// </summary>
/// <param name="isHevc">HEVC, else H.264.</param>
/// <param name="budget">The file's.</param>
internal sealed class TransportPayloads(bool isHevc, ScanBudget budget)
{
    /// <summary>The bytes of a packet, without the time codes or the error correction that some recorders add.</summary>
    public const int PacketBytes = 188;

    private const byte Sync = 0x47;

    /// <summary>Streams that are looked at: more than a file may have.</summary>
    private const int MaxStreams = 64;

    private readonly Dictionary<int, PayloadBuffer> _streams = [];

    /// <summary>Takes the packets at the beginning of some bytes.</summary>
    /// <returns>How many bytes were taken: the rest is the beginning of a packet.</returns>
    public int Add(ReadOnlySpan<byte> bytes, long offset, ICollection<long> positions)
    {
        int at = 0;
        while (bytes.Length - at >= PacketBytes)
        {
            if (bytes[at] != Sync)
            {
                int next = bytes[at..].IndexOf(Sync);
                at = next < 0 ? bytes.Length : at + next;
                continue;
            }

            AddPacket(bytes.Slice(at, PacketBytes), offset + at, positions);
            at += PacketBytes;
        }

        return at;
    }

    /// <summary>See <see cref="PayloadBuffer.Search"/>.</summary>
    public void Search(ICollection<long> positions)
    {
        foreach (PayloadBuffer stream in _streams.Values)
        {
            stream.Search(positions);
        }
    }

    private void AddPacket(ReadOnlySpan<byte> packet, long offset, ICollection<long> positions)
    {
        int stream = ((packet[1] & 0x1F) << 8) | packet[2];
        bool hasFields = (packet[3] & 0x20) != 0;
        bool hasPayload = (packet[3] & 0x10) != 0;
        int start = hasFields ? 5 + packet[4] : 4;
        if (!hasPayload || start >= PacketBytes)
        {
            return;
        }

        if (!_streams.TryGetValue(stream, out PayloadBuffer? buffer))
        {
            if (_streams.Count == MaxStreams)
            {
                return;
            }

            _streams[stream] = buffer = new(isHevc, budget);
        }

        buffer.Add(packet[start..], offset + start, positions);
    }
}
