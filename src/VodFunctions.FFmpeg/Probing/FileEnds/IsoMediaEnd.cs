using VodFunctions.Core.Containers;

namespace VodFunctions.FFmpeg.Probing.FileEnds;

/// <summary>Reads the end of MP4 and MOV (ISO/IEC 14496-12): the sample index decides, in fragmented files the last box.</summary>
internal static class IsoMediaEnd
{
    /// <summary>An hour at 1,000 frames per second has a smaller index.</summary>
    private const int MaxIndexBytes = 64 * 1024 * 1024;

    /// <summary>Whether a sample of the index, or without an index the last box, goes past the end of the file.</summary>
    /// <exception cref="InvalidDataException">The index makes no sense.</exception>
    public static bool IsTorn(Stream file)
    {
        (byte[]? movie, bool lastIsTorn) = Walk(file);
        return (movie is null ? null : SampleIndex.End(movie)) is { } end ? end > file.Length : lastIsTorn;
    }

    private static (byte[]? Movie, bool LastIsTorn) Walk(Stream file)
    {
        byte[]? movie = null;
        Span<byte> header = stackalloc byte[16];
        long size;
        for (long at = 0; at < file.Length; at += size)
        {
            Span<byte> read = header[..(int)Math.Min(header.Length, file.Length - at)];
            FileEnd.TryRead(file, at, read);
            if (read.Length >= 4 && read[..4].IndexOfAnyExcept((byte)0) < 0)
            {
                // Size 0: to the end of the file, or padding.
                return (movie, false);
            }

            if (read.Length < 8)
            {
                return (movie, true);
            }

            (int headerSize, size) = BoxReader.ReadHeader(read);
            if (size > file.Length - at)
            {
                return (movie, true);
            }

            if (read[4..8].SequenceEqual("moov"u8) && size <= MaxIndexBytes)
            {
                movie = new byte[size - headerSize];
                FileEnd.TryRead(file, at + headerSize, movie);
            }
        }

        return (movie, false);
    }
}
