namespace VodFunctions.FFmpeg.Probing.FileEnds;

/// <summary>Reads the end of Matroska and WebM (RFC 8794, RFC 9559): of the segment, else of its last element.</summary>
internal static class MatroskaEnd
{
    private const uint Segment = 0x18538067;

    /// <summary>Whether an element goes past the end of the file.</summary>
    /// <exception cref="InvalidDataException">An element has an impossible header.</exception>
    public static bool IsTorn(Stream file)
    {
        long at = 0;
        while (at < file.Length)
        {
            if (ReadHeader(file, at) is not { } element)
            {
                return true;
            }

            at += element.HeaderBytes;
            if (element.Size > file.Length - at)
            {
                return true;
            }

            // Live writers (browsers) leave the sizes of segment and clusters unknown: what is in them follows.
            at += element.Id == Segment ? 0 : element.Size ?? 0;
        }

        return false;
    }

    /// <summary>An element's id and size (RFC 8794 sections 4 to 6).</summary>
    /// <returns>Null when the file ends in the header. No size means that it is unknown.</returns>
    private static (uint Id, int HeaderBytes, long? Size)? ReadHeader(Stream file, long at)
    {
        Span<byte> header = stackalloc byte[12];
        header = header[..(int)Math.Min(header.Length, file.Length - at)];
        FileEnd.TryRead(file, at, header);
        int idBytes = Length(header[0], 4);
        if (header.Length <= idBytes)
        {
            return null;
        }

        int sizeBytes = Length(header[idBytes], 8);
        if (header.Length < idBytes + sizeBytes)
        {
            return null;
        }

        uint id = 0;
        foreach (byte part in header[..idBytes])
        {
            id = (id << 8) | part;
        }

        // The marker bit belongs to an id, not to a size. All ones: unknown.
        long most = (1L << (7 * sizeBytes)) - 1;
        long size = 0;
        foreach (byte part in header.Slice(idBytes, sizeBytes))
        {
            size = (size << 8) | part;
        }

        size &= most;
        return (id, idBytes + sizeBytes, size == most ? null : size);
    }

    private static int Length(byte first, int most)
    {
        int length = System.Numerics.BitOperations.LeadingZeroCount((uint)first) - 24 + 1;
        return length <= most ? length : throw new InvalidDataException("Not an EBML number.");
    }
}
