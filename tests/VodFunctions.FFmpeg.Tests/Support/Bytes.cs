using System.Buffers.Binary;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>Changes files.</summary>
internal static class Bytes
{
    public static byte[] Replace(byte[] bytes, ReadOnlySpan<byte> old, ReadOnlySpan<byte> with)
    {
        int found = 0;
        for (int at = 0; (at = IndexOf(bytes, old, at)) >= 0; at += old.Length)
        {
            with.CopyTo(bytes.AsSpan(at));
            found++;
        }

        Assert.NotEqual(0, found);
        return bytes;
    }

    public static int IndexOf(byte[] bytes, ReadOnlySpan<byte> what, int from)
    {
        int at = bytes.AsSpan(from).IndexOf(what);
        return at < 0 ? -1 : from + at;
    }
}

/// <summary>Turns the first track of an MP4 (ISO/IEC 14496-12 section 8.3.2: nine numbers in the track header).</summary>
internal static class DisplayMatrix
{
    public static byte[] Turn(byte[] bytes, int clockwise)
    {
        // Version 0: size, type, version and flags, five numbers, two reserved, layer, group, volume, reserved.
        int matrix = Bytes.IndexOf(bytes, "tkhd"u8, 0) + 4 + 4 + 20 + 8 + 8;
        int degrees = ((clockwise % 360) + 360) % 360;
        (int a, int b) = degrees switch { 90 => (0, 1), 180 => (-1, 0), _ => (0, -1) };
        int[] values = [a << 16, b << 16, 0, -b << 16, a << 16, 0, 0, 0, 1 << 30];
        for (int index = 0; index < values.Length; index++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(matrix + (index * 4)), values[index]);
        }

        return bytes;
    }
}
