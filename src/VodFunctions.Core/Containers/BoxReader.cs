using System.Buffers.Binary;
using System.Text;

namespace VodFunctions.Core.Containers;

/// <summary>A box of an ISO base media file (ISO/IEC 14496-12 section 4.2).</summary>
/// <param name="bytes">The whole box, header included.</param>
/// <param name="headerSize">8, or 16 with a 64-bit size.</param>
public readonly ref struct Box(ReadOnlySpan<byte> bytes, int headerSize)
{
    /// <summary>The whole box.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => Bytes[headerSize..];

    /// <summary>Four characters, for example <c>moof</c>.</summary>
    public string Type => Encoding.Latin1.GetString(Bytes.Slice(4, 4));

    /// <summary>Whether it has this type.</summary>
    public bool Is(ReadOnlySpan<byte> type) => Bytes.Slice(4, 4).SequenceEqual(type);

    /// <summary>The only or first child of that type.</summary>
    /// <exception cref="InvalidDataException">There is none, or a child is cut off.</exception>
    public Box Child(ReadOnlySpan<byte> type) => BoxReader.Find(Payload, type);
}

/// <summary>Walks over boxes that follow each other. Hostile sizes throw; every step goes forward.</summary>
/// <param name="bytes">Whole boxes.</param>
public ref struct BoxReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The box that <see cref="MoveNext"/> came to.</summary>
    public Box Current { get; private set; }

    /// <summary>For <c>foreach</c>.</summary>
    public readonly BoxReader GetEnumerator() => this;

    /// <summary>Goes to the next box.</summary>
    /// <exception cref="InvalidDataException">Its size is impossible or past the end.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        (int header, long size) = ReadHeader(_rest);
        if (size > _rest.Length)
        {
            throw new InvalidDataException("A box is longer than what holds it.");
        }

        Current = new(_rest[..(int)size], header);
        _rest = _rest[(int)size..];
        return true;
    }

    /// <summary>The first box of a type.</summary>
    /// <exception cref="InvalidDataException">There is none, or a box is cut off.</exception>
    public static Box Find(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> type)
    {
        foreach (Box box in new BoxReader(bytes))
        {
            if (box.Is(type))
            {
                return box;
            }
        }

        throw new InvalidDataException($"No {Encoding.Latin1.GetString(type)} box.");
    }

    /// <summary>Reads a header; a size of 0 ("to the end") is refused, as none of our files has one.</summary>
    /// <returns>The header's bytes and the whole box's.</returns>
    /// <exception cref="InvalidDataException">Too short, or an impossible size.</exception>
    public static (int HeaderSize, long BoxSize) ReadHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8)
        {
            throw new InvalidDataException("A box header is cut off.");
        }

        long size = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        int header = 8;
        if (size == 1)
        {
            header = 16;
            if (bytes.Length < header)
            {
                throw new InvalidDataException("A box header is cut off.");
            }

            size = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
        }

        return size >= header ? (header, size) : throw new InvalidDataException("An impossible box size.");
    }
}
