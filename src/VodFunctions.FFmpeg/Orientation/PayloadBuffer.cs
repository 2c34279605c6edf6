namespace VodFunctions.FFmpeg.Orientation;

/// <summary>Bytes of one stream as they stream by, with their positions in the file. In bounded memory.</summary>
/// <param name="isHevc">HEVC, else H.264.</param>
/// <param name="budget">The file's.</param>
internal sealed class PayloadBuffer(bool isHevc, ScanBudget budget)
{
    private const int Capacity = 32 * OrientationMessages.MaxUnitBytes;

    private readonly byte[] _bytes = new byte[Capacity];
    private readonly List<(int At, long Offset)> _pieces = [];
    private readonly List<int> _found = [];
    private int _length;

    /// <summary>Takes the next bytes.</summary>
    /// <param name="bytes">Any number.</param>
    /// <param name="offset">Where they begin in the file.</param>
    /// <param name="positions">Takes the file positions of messages.</param>
    public void Add(ReadOnlySpan<byte> bytes, long offset, ICollection<long> positions)
    {
        while (bytes.Length > 0)
        {
            if (_length == Capacity)
            {
                Search(positions);
                Keep(OrientationMessages.MaxUnitBytes);
            }

            int taken = Math.Min(bytes.Length, Capacity - _length);
            _pieces.Add((_length, offset));
            bytes[..taken].CopyTo(_bytes.AsSpan(_length));
            _length += taken;
            offset += taken;
            bytes = bytes[taken..];
        }
    }

    /// <summary>Searches what is there. Positions may come twice.</summary>
    public void Search(ICollection<long> positions)
    {
        _found.Clear();
        OrientationMessages.Find(_bytes.AsSpan(0, _length), isHevc, budget, _found);
        foreach (int at in _found)
        {
            // The last piece that begins there or before.
            int piece = _pieces.BinarySearch((at, long.MaxValue));
            (int start, long offset) = _pieces[~piece - 1];
            positions.Add(offset + at - start);
        }
    }

    private void Keep(int bytes)
    {
        int gone = _length - bytes;
        _bytes.AsSpan(gone, bytes).CopyTo(_bytes);
        _length = bytes;
        int first = _pieces.FindLastIndex(piece => piece.At <= gone);
        List<(int At, long Offset)> left = [.. _pieces.Skip(first).Select(piece => (piece.At - gone, piece.Offset))];
        _pieces.Clear();
        _pieces.AddRange(left);
    }
}
