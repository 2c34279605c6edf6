using System.Buffers.Binary;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>
/// Decides from a file's first bytes which demuxer may read it. FFmpeg is then held to that one, so that neither a name nor
/// FFmpeg's own guess ever chooses a demuxer that opens other files (playlists, concat scripts, SDP, picture sequences).
/// </summary>
internal static class ContainerSniffer
{
    /// <summary>How many bytes to look at.</summary>
    public const int HeadBytes = 64 * 1024;

    private static readonly byte[] s_asf = [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11];
    private static readonly byte[] s_mxf = [0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0D, 0x01, 0x02, 0x01, 0x01, 0x02];
    private static readonly byte[] s_pack = [0x00, 0x00, 0x01, 0xBA];

    /// <summary>FFmpeg's short name of the demuxer, or null when the bytes are of no known video container.</summary>
    public static string? Sniff(ReadOnlySpan<byte> head) => head switch
    {
        [0x1A, 0x45, 0xDF, 0xA3, ..] => "matroska",
        [(byte)'F', (byte)'L', (byte)'V', 1, ..] => "flv",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "ogg",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'A', (byte)'V', (byte)'I', ..] => "avi",
        _ when IsIsoMedia(head) => "mov",
        _ when head.StartsWith(s_asf) => "asf",
        _ when IsProgramStream(head) => "mpeg",
        _ when IsTransportStream(head) => "mpegts",
        // SMPTE ST 377-1 section 6.5: up to 64 KiB of anything may run in before the header partition.
        _ when head.IndexOf(s_mxf) >= 0 => "mxf",
        _ => null,
    };

    /// <summary>ISO/IEC 14496-12 section 4.2: a box's size, then its type.</summary>
    private static bool IsIsoMedia(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12)
        {
            return false;
        }

        uint size = BinaryPrimitives.ReadUInt32BigEndian(head);
        ReadOnlySpan<byte> type = head[4..8];
        return (size is 0 or 1 or >= 8)
            && (type.SequenceEqual("moov"u8) || type.SequenceEqual("mdat"u8) || type.SequenceEqual("moof"u8)
                || type.SequenceEqual("styp"u8) || type.SequenceEqual("sidx"u8) || type.SequenceEqual("wide"u8)
                || type.SequenceEqual("free"u8) || type.SequenceEqual("skip"u8) || type.SequenceEqual("pnot"u8)
                || (type.SequenceEqual("ftyp"u8) && !IsStillPicture(head[8..12])));
    }

    /// <summary>HEIF and AVIF pictures share the container; image sequences have other brands.</summary>
    private static bool IsStillPicture(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("heim"u8)
        || brand.SequenceEqual("heis"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("avif"u8);

    /// <summary>ISO/IEC 13818-1 section 2.5.3.3: a pack header, perhaps after a little padding.</summary>
    private static bool IsProgramStream(ReadOnlySpan<byte> head) =>
        head[..Math.Min(head.Length, 2048)].IndexOf(s_pack) is >= 0 and int at
        && !head[..at].ContainsAnyExcept((byte)0);

    /// <summary>
    /// ISO/IEC 13818-1 section 2.4.3.2: a sync byte every 188 bytes (192 with time codes, 204 with error correction),
    /// wherever in a packet the recording began.
    /// </summary>
    private static bool IsTransportStream(ReadOnlySpan<byte> head)
    {
        const byte sync = 0x47;
        const int enough = 8;
        const int fewest = 3;
        ReadOnlySpan<int> sizes = [188, 192, 204];
        foreach (int size in sizes)
        {
            for (int first = 0; first < Math.Min(head.Length, 8 * size); first++)
            {
                int seen = 0;
                for (int at = first; at < head.Length && seen < enough && head[at] == sync; at += size)
                {
                    seen++;
                }

                bool toTheEnd = first + (seen * size) >= head.Length;
                if (seen == enough || (seen >= fewest && toTheEnd))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
