using System.Buffers.Binary;

namespace VodFunctions.Core.Containers;

/// <summary>A transport stream packet (ISO/IEC 13818-1 section 2.4.3).</summary>
public readonly ref struct TsPacket
{
    /// <summary>Bytes of a packet.</summary>
    public const int Size = 188;

    private TsPacket(int pid, bool startsUnit, bool randomAccess, ReadOnlySpan<byte> payload)
    {
        Pid = pid;
        StartsUnit = startsUnit;
        RandomAccess = randomAccess;
        Payload = payload;
    }

    /// <summary>Which stream it is of.</summary>
    public int Pid { get; }

    /// <summary>Whether a PES packet or a section begins in it.</summary>
    public bool StartsUnit { get; }

    /// <summary>Whether decoding can start here, as the adaptation field says.</summary>
    public bool RandomAccess { get; }

    /// <summary>What it carries.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Reads a packet.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static TsPacket Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size || bytes[0] != 0x47)
        {
            throw new InvalidDataException("No transport stream packet.");
        }

        int control = (bytes[3] >> 4) & 3;
        int adaptation = (control & 2) != 0 ? bytes[4] + 1 : 0;
        if (4 + adaptation > Size)
        {
            throw new InvalidDataException("An impossible adaptation field.");
        }

        return new(
            BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]) & 0x1FFF,
            (bytes[1] & 0x40) != 0,
            adaptation > 1 && (bytes[5] & 0x40) != 0,
            (control & 1) != 0 ? bytes[(4 + adaptation)..] : default);
    }

    /// <summary>The section that begins in this packet: its table's body without the checksum.</summary>
    /// <exception cref="InvalidDataException">None begins here, or it does not fit in one packet (ours do).</exception>
    public ReadOnlySpan<byte> Section()
    {
        var fields = new FieldReader(Payload);
        fields.Take(StartsUnit ? fields.U8() : throw new InvalidDataException("No section begins here."));
        fields.U8();
        int length = fields.U16() & 0xFFF;
        return length >= 9 ? fields.Take(length)[5..^4] : throw new InvalidDataException("An impossible section.");
    }
}
