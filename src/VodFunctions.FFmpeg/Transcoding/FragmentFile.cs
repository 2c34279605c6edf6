using VodFunctions.Core.Containers;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Reads a file of one fragment: its head into memory, its samples as a stream, so that they never are.</summary>
internal static class FragmentFile
{
    private const int MaxHeadBytes = 4 * 1024 * 1024;
    private const int CopyBytes = 64 * 1024;

    /// <summary>Reads up to where the samples begin; what comes before the <c>moof</c> (styp, sidx) is dropped.</summary>
    /// <returns>None when the file is empty.</returns>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static async Task<MovieFragment?> ReadHeadAsync(
        Stream file, SampleDefaults defaults, CancellationToken cancellationToken)
    {
        MovieFragment? fragment = null;
        byte[] header = new byte[16];
        while (await file.ReadAtLeastAsync(header.AsMemory(0, 8), 8, throwOnEndOfStream: false, cancellationToken) is var read and > 0)
        {
            (bool isMoof, bool isMdat, int headerSize, long size) = await ReadHeaderAsync(file, header, read, cancellationToken);
            if (isMdat)
            {
                return fragment is not null && size - headerSize == fragment.DataSize
                    ? fragment
                    : throw new InvalidDataException("A fragment's samples are not as long as it says.");
            }

            if (size > MaxHeadBytes || (isMoof && fragment is not null))
            {
                throw new InvalidDataException("An impossible fragment.");
            }

            byte[] box = new byte[size];
            header.AsSpan(0, headerSize).CopyTo(box);
            await ReadExactlyAsync(file, box.AsMemory(headerSize), cancellationToken);
            fragment = isMoof ? MovieFragmentReader.Read(box, defaults) : fragment;
        }

        return fragment is null ? null : throw new InvalidDataException("A fragment without samples.");
    }

    /// <summary>Copies so many bytes and expects nothing after them.</summary>
    /// <exception cref="InvalidDataException">There are fewer or more.</exception>
    public static async Task CopyDataAsync(Stream file, long bytes, Stream target, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[CopyBytes];
        while (bytes > 0)
        {
            int read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(bytes, CopyBytes)), cancellationToken);
            if (read == 0)
            {
                throw new InvalidDataException("A fragment is cut off.");
            }

            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            bytes -= read;
        }

        if (await file.ReadAsync(buffer.AsMemory(0, 1), cancellationToken) > 0)
        {
            throw new InvalidDataException("More than one fragment in a group.");
        }
    }

    private static async Task<(bool IsMoof, bool IsMdat, int HeaderSize, long Size)> ReadHeaderAsync(
        Stream file, byte[] header, int read, CancellationToken cancellationToken)
    {
        int length = read;
        if (read == 8 && header.AsSpan(0, 4).SequenceEqual<byte>([0, 0, 0, 1]))
        {
            await ReadExactlyAsync(file, header.AsMemory(8, 8), cancellationToken);
            length = 16;
        }

        (int headerSize, long size) = BoxReader.ReadHeader(header.AsSpan(0, length));
        ReadOnlySpan<byte> type = header.AsSpan(4, 4);
        return (type.SequenceEqual("moof"u8), type.SequenceEqual("mdat"u8), headerSize, size);
    }

    private static async Task ReadExactlyAsync(Stream file, Memory<byte> target, CancellationToken cancellationToken)
    {
        if (await file.ReadAtLeastAsync(target, target.Length, throwOnEndOfStream: false, cancellationToken) < target.Length)
        {
            throw new InvalidDataException("A fragment is cut off.");
        }
    }
}
