using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using VodFunctions.Core.Probing;

namespace VodFunctions.FFmpeg.Orientation;

/// <summary>
/// Finds and mutes display orientation messages in a file. Players show a picture as its container says; FFmpeg would turn it
/// by its bitstream, and builds its filters anew wherever such a message comes, changes or ends, which costs the pictures that
/// are in them.
/// </summary>
internal static class OrientationScan
{
    private const int ReadBytes = 1024 * 1024;
    private const byte CancelFlag = 0x80;

    /// <summary>Whether pictures of a codec may have such messages.</summary>
    public static bool CanHave(string codec) => codec is "h264" or "hevc";

    /// <summary>Whether a file has any.</summary>
    public static async Task<bool> AnyAsync(string path, string codec, string demuxer, CancellationToken cancellationToken)
    {
        await foreach (long _ in FindAsync(path, codec, demuxer, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        return false;
    }

    /// <summary>Copies a file and sets the flag of every message in the copy that says that it has no effect.</summary>
    /// <param name="path">The file.</param>
    /// <param name="copy">Where the copy goes.</param>
    /// <param name="facts">What the file is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task CopyMutedAsync(string path, string copy, SourceFacts facts, CancellationToken cancellationToken)
    {
        File.Copy(path, copy);
        using SafeFileHandle file = File.OpenHandle(copy, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        byte[] flags = new byte[1];
        await foreach (long position in FindAsync(path, facts.VideoCodec, facts.Demuxer, cancellationToken).ConfigureAwait(false))
        {
            RandomAccess.Read(file, flags, position);
            flags[0] |= CancelFlag;
            RandomAccess.Write(file, flags, position);
        }
    }

    private static async IAsyncEnumerable<long> FindAsync(
        string path, string codec, string demuxer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool isHevc = codec == "hevc";
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var budget = new ScanBudget(file.Length);
        TransportPayloads? transport = demuxer == "mpegts" ? new(isHevc, budget) : null;
        PayloadBuffer? plain = transport is null ? new(isHevc, budget) : null;
        var positions = new List<long>();
        byte[] buffer = new byte[ReadBytes];
        long offset = 0;
        int left = 0;
        int read;
        do
        {
            read = await file.ReadAsync(buffer.AsMemory(left), cancellationToken).ConfigureAwait(false);
            int filled = left + read;
            plain?.Add(buffer.AsSpan(0, filled), offset, positions);
            int taken = transport?.Add(buffer.AsSpan(0, filled), offset, positions) ?? filled;
            if (read == 0)
            {
                plain?.Search(positions);
                transport?.Search(positions);
            }

            foreach (long position in positions)
            {
                yield return position;
            }

            positions.Clear();
            offset += taken;
            left = filled - taken;
            buffer.AsSpan(taken, left).CopyTo(buffer);
        }
        while (read > 0);
    }
}
