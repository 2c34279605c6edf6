namespace VodFunctions.FFmpeg.Orientation;

/// <summary>
/// Finds display orientation messages: supplemental enhancement information (SEI) of payload type 47 in H.264 (ITU-T H.264
/// section D.1.27) and HEVC (ITU-T H.265 section D.2.17). Pure.
/// </summary>
internal static class OrientationMessages
{
    /// <summary>A unit with more bytes is not looked at. Captions and an encoder's settings take some hundred.</summary>
    public const int MaxUnitBytes = 4096;

    private const byte CancelFlag = 0x80;
    private const int DisplayOrientation = 47;
    private const int MaxPayloadBytes = 8;
    private const byte TrailingBits = 0x80;
    private const byte H264Sei = 0x06;
    private const byte HevcPrefixSei = 0x4E;

    /// <summary>
    /// Adds the position of the first byte of each message that has an effect. Its highest bit is
    /// <c>display_orientation_cancel_flag</c>: with it set the message has none.
    /// </summary>
    /// <param name="bytes">A part of a file: units behind start codes (Annex B) or behind their length in four bytes.</param>
    /// <param name="isHevc">HEVC, else H.264.</param>
    /// <param name="budget">Where it is spent, nothing more is found.</param>
    /// <param name="found">Takes positions in <paramref name="bytes"/>.</param>
    public static void Find(ReadOnlySpan<byte> bytes, bool isHevc, ScanBudget budget, ICollection<int> found)
    {
        for (int at = 0; !budget.IsSpent && bytes[at..].IndexOf((ReadOnlySpan<byte>)[0, 0]) is >= 0 and var next; at++)
        {
            at += next;
            ReadOnlySpan<byte> rest = bytes[(at + 2)..];
            if (rest.Length > 2 && rest[0] == 1)
            {
                FindInUnit(BeforeStartCode(rest[1..]), at + 3, isHevc, budget, found);
            }

            if (rest.Length > 2 && (rest[0] << 8 | rest[1]) is var length and <= MaxUnitBytes && rest.Length >= 2 + length)
            {
                FindInUnit(rest.Slice(2, length), at + 4, isHevc, budget, found);
            }
        }
    }

    private static ReadOnlySpan<byte> BeforeStartCode(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, MaxUnitBytes)];
        int end = bytes.IndexOf((ReadOnlySpan<byte>)[0, 0, 1]);
        return (end < 0 ? bytes : bytes[..end]).TrimEnd((byte)0);
    }

    // Only a unit whose messages end where it does is one: the same bytes may stand anywhere by chance.
    private static void FindInUnit(
        ReadOnlySpan<byte> unit, int start, bool isHevc, ScanBudget budget, ICollection<int> found)
    {
        int header = isHevc ? 2 : 1;
        if (unit.Length <= header + 2 || unit[0] != (isHevc ? HevcPrefixSei : H264Sei) || unit[^1] != TrailingBits)
        {
            return;
        }

        var reader = new PayloadReader(unit[header..^1]);
        List<int> messages = Messages(ref reader, start + header);
        budget.Spend(reader.Position, messages.Count);
        messages.ForEach(found.Add);
    }

    private static List<int> Messages(ref PayloadReader reader, int start)
    {
        var messages = new List<int>();
        while (!reader.AtEnd)
        {
            if (reader.Number() is not { } type || reader.Number() is not { } size)
            {
                return [];
            }

            int first = reader.Position;
            byte flags = 0;
            for (int i = 0; i < size; i++)
            {
                if (reader.Next() is not { } value)
                {
                    return [];
                }

                flags = i == 0 ? value : flags;
            }

            if (type == DisplayOrientation && size is > 0 and <= MaxPayloadBytes && (flags & CancelFlag) == 0)
            {
                messages.Add(start + first);
            }
        }

        return messages;
    }

    /// <summary>Reads a unit's bytes without those that keep start codes out of it (H.264 section 7.4.1.1).</summary>
    private ref struct PayloadReader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _zeros;

        public int Position { get; private set; }

        public readonly bool AtEnd => Position >= _bytes.Length;

        public byte? Next()
        {
            if (!AtEnd && _zeros >= 2 && _bytes[Position] == 3)
            {
                Position++;
                _zeros = 0;
            }

            if (AtEnd)
            {
                return null;
            }

            byte value = _bytes[Position++];
            _zeros = value == 0 ? _zeros + 1 : 0;
            return value;
        }

        /// <summary>A payload type or size: 255 as long as it goes on (section 7.3.2.3.1).</summary>
        public int? Number()
        {
            int sum = 0;
            while (Next() is { } value)
            {
                sum += value;
                if (value != byte.MaxValue)
                {
                    return sum;
                }
            }

            return null;
        }
    }
}
