using System.Buffers.Binary;

namespace VodFunctions.Core.Containers;

/// <summary>Reads big-endian fields one after another; the end of the bytes throws.</summary>
/// <param name="bytes">A box's payload.</param>
public ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Bytes that are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>So many bytes.</summary>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            throw new InvalidDataException("A field is cut off.");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>8 bits.</summary>
    public byte U8() => Take(1)[0];

    /// <summary>16 bits.</summary>
    public ushort U16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    /// <summary>32 bits.</summary>
    public uint U32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>32 bits with a sign.</summary>
    public int I32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    /// <summary>64 bits.</summary>
    public ulong U64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    /// <summary>Version and flags of a full box.</summary>
    public (int Version, uint Flags) VersionAndFlags()
    {
        uint value = U32();
        return ((int)(value >> 24), value & 0xFFFFFF);
    }
}
