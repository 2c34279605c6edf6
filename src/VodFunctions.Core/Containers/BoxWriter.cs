using System.Buffers;
using System.Buffers.Binary;

namespace VodFunctions.Core.Containers;

/// <summary>Writes boxes; sizes are filled in when a box is ended.</summary>
public sealed class BoxWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly List<(int Offset, uint Size)> _sizes = [];

    /// <summary>Bytes written so far.</summary>
    public int Length => _buffer.WrittenCount;

    /// <summary>Writes a box around what <paramref name="content"/> writes.</summary>
    public BoxWriter Box(ReadOnlySpan<byte> type, Action<BoxWriter> content)
    {
        int start = Length;
        U32(0).Bytes(type);
        content(this);
        _sizes.Add((start, (uint)(Length - start)));
        return this;
    }

    /// <summary>Writes a box with version and flags.</summary>
    public BoxWriter FullBox(ReadOnlySpan<byte> type, int version, uint flags, Action<BoxWriter> content) => Box(type, box =>
    {
        box.U32(((uint)version << 24) | flags);
        content(box);
    });

    /// <summary>8 bits.</summary>
    public BoxWriter U8(byte value) => Bytes([value]);

    /// <summary>16 bits.</summary>
    public BoxWriter U16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.GetSpan(2), value);
        _buffer.Advance(2);
        return this;
    }

    /// <summary>32 bits.</summary>
    public BoxWriter U32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
        return this;
    }

    /// <summary>64 bits.</summary>
    public BoxWriter U64(ulong value) => U32((uint)(value >> 32)).U32((uint)value);

    /// <summary>So many zero bytes.</summary>
    public BoxWriter Zeros(int count)
    {
        _buffer.GetSpan(count)[..count].Clear();
        _buffer.Advance(count);
        return this;
    }

    /// <summary>Bytes as they are.</summary>
    public BoxWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        return this;
    }

    /// <summary>What was written.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = _buffer.WrittenSpan.ToArray();
        foreach ((int offset, uint size) in _sizes)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(offset), size);
        }

        return bytes;
    }
}
