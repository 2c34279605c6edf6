using System.Buffers.Binary;
using VodFunctions.Core.Containers;

namespace VodFunctions.FFmpeg.Probing.FileEnds;

/// <summary>Reads where the samples of an MP4's video tracks lie (ISO/IEC 14496-12 sections 8.7.3 to 8.7.5).</summary>
internal static class SampleIndex
{
    /// <summary>The position after the last byte of any sample of a video track.</summary>
    /// <param name="movie">The payload of <c>moov</c>.</param>
    /// <returns>Null when no video track has samples, as in fragmented files.</returns>
    /// <exception cref="InvalidDataException">A box is missing or cut off.</exception>
    public static long? End(ReadOnlySpan<byte> movie)
    {
        long? end = null;
        foreach (Box track in new BoxReader(movie))
        {
            if (track.Is("trak"u8))
            {
                Box media = track.Child("mdia"u8);
                if (media.Child("hdlr"u8).Payload is { Length: >= 12 } handler && handler[8..12].SequenceEqual("vide"u8))
                {
                    long last = EndOf(media.Child("minf"u8).Child("stbl"u8).Payload);
                    end = last > 0 ? Math.Max(end ?? 0, last) : end;
                }
            }
        }

        return end;
    }

    private static long EndOf(ReadOnlySpan<byte> table)
    {
        ReadOnlySpan<byte> sizes = default, runs = default, chunks = default;
        int offsetBytes = 4;
        foreach (Box box in new BoxReader(table))
        {
            // Each begins with version and flags.
            ReadOnlySpan<byte> payload = box.Payload.Length >= 8 ? box.Payload[4..] : [];
            switch (box.Type)
            {
                case "stsz": sizes = payload; break;
                case "stsc": runs = payload; break;
                case "stco": chunks = payload; break;
                case "co64": chunks = payload; offsetBytes = 8; break;
            }
        }

        if (sizes.Length < 8 || runs.Length < 4 || chunks.Length < 4)
        {
            return 0;
        }

        uint common = BinaryPrimitives.ReadUInt32BigEndian(sizes);
        long samples = BinaryPrimitives.ReadUInt32BigEndian(sizes[4..]);
        sizes = sizes[8..];
        samples = common > 0 ? samples : Math.Min(samples, sizes.Length / 4);
        runs = runs[4..];
        chunks = chunks[4..];

        long end = 0, sample = 0, perChunk = 0;
        for (int chunk = 0; chunk < chunks.Length / offsetBytes && sample < samples; chunk++)
        {
            // Runs of equal chunks: first chunk (from 1), samples per chunk, description.
            while (runs.Length >= 12 && BinaryPrimitives.ReadUInt32BigEndian(runs) <= chunk + 1)
            {
                perChunk = BinaryPrimitives.ReadUInt32BigEndian(runs[4..]);
                runs = runs[12..];
            }

            long count = Math.Min(perChunk, samples - sample);
            ReadOnlySpan<byte> offset = chunks[(chunk * offsetBytes)..];
            long position = offsetBytes == 8
                ? BinaryPrimitives.ReadInt64BigEndian(offset)
                : BinaryPrimitives.ReadUInt32BigEndian(offset);
            position += common > 0 ? count * common : Sum(sizes, sample, count);
            end = Math.Max(end, position);
            sample += count;
        }

        return end;
    }

    private static long Sum(ReadOnlySpan<byte> sizes, long from, long count)
    {
        long sum = 0;
        for (int index = (int)from; index < from + count; index++)
        {
            sum += BinaryPrimitives.ReadUInt32BigEndian(sizes[(index * 4)..]);
        }

        return sum;
    }
}
