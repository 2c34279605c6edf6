namespace VodFunctions.Core.Containers;

/// <summary>The header of a PES packet (ISO/IEC 13818-1 section 2.4.3.6).</summary>
/// <param name="Pts">When it is shown, in 1/90000 s.</param>
/// <param name="Size">Bytes of the header.</param>
public readonly record struct PesHeader(long Pts, int Size)
{
    /// <summary>Reads a header that begins a packet's payload.</summary>
    /// <exception cref="InvalidDataException">There is none, or it has no time.</exception>
    public static PesHeader Read(ReadOnlySpan<byte> payload)
    {
        var fields = new FieldReader(payload);
        if (!fields.Take(3).SequenceEqual("\0\0\u0001"u8))
        {
            throw new InvalidDataException("No PES packet begins here.");
        }

        fields.Take(4);
        bool hasTime = (fields.U8() & 0x80) != 0;
        int rest = fields.U8();
        ReadOnlySpan<byte> optional = fields.Take(rest);
        if (!hasTime || rest < 5)
        {
            throw new InvalidDataException("A PES packet without a time.");
        }

        long pts = ((long)(optional[0] & 0x0E) << 29) | ((long)optional[1] << 22) | ((long)(optional[2] & 0xFE) << 14)
            | ((long)optional[3] << 7) | ((long)optional[4] >> 1);
        return new(pts, 9 + rest);
    }
}
