using System.Buffers.Binary;

namespace VodFunctions.FFmpeg.Probing.FileEnds;

/// <summary>Reads the end of AVI: of its list of pictures, not of the file's own header, which old writers leave wrong.</summary>
internal static class AviEnd
{
    /// <summary>Whether a list goes past the end of the file.</summary>
    public static bool IsTorn(Stream file)
    {
        Span<byte> header = stackalloc byte[12];
        long at = 0;
        while (at < file.Length && FileEnd.TryRead(file, at, header))
        {
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            if (header[..4].SequenceEqual("RIFF"u8))
            {
                at += header.Length;
                continue;
            }

            bool isList = header[..4].SequenceEqual("LIST"u8);
            if (size is 0 or uint.MaxValue)
            {
                // Never finished.
                return false;
            }

            if (isList && at + 8 + size > file.Length)
            {
                return true;
            }

            // Chunks are padded to even sizes.
            at += 8 + size + (size & 1);
        }

        return false;
    }
}
