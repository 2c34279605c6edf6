using System.Buffers.Binary;

namespace VodFunctions.Core.Containers;

/// <summary>What an initialization section says about its one H.264 track, and the section as it is published.</summary>
/// <param name="Timescale">Units per second of the track.</param>
/// <param name="Codecs">RFC 6381.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Defaults">For fragments that do not say.</param>
public sealed record VideoInit(uint Timescale, string Codecs, int Width, int Height, SampleDefaults Defaults)
{
    /// <summary>Reads a section.</summary>
    /// <exception cref="InvalidDataException">It is damaged or not of one H.264 track.</exception>
    public static VideoInit Read(ReadOnlySpan<byte> init)
    {
        Box moov = BoxReader.Find(init, "moov"u8);
        Box media = moov.Child("trak"u8).Child("mdia"u8);
        var header = new FieldReader(media.Child("mdhd"u8).Payload);
        header.Take(header.VersionAndFlags().Version == 0 ? 8 : 16);
        uint timescale = header.U32();

        var description = new FieldReader(media.Child("minf"u8).Child("stbl"u8).Child("stsd"u8).Payload);
        description.Take(8);
        Box entry = BoxReader.Find(description.Take(description.Left), "avc1"u8);
        var fields = new FieldReader(entry.Payload);
        fields.Take(24);
        int width = fields.U16();
        int height = fields.U16();
        fields.Take(50);
        Box configuration = BoxReader.Find(fields.Take(fields.Left), "avcC"u8);

        var defaults = new FieldReader(moov.Child("mvex"u8).Child("trex"u8).Payload);
        defaults.Take(12);
        return timescale == 0
            ? throw new InvalidDataException("A timescale of 0.")
            : new(
                timescale, CodecStrings.FromAvcConfiguration(configuration.Payload), width, height,
                new(defaults.U32(), defaults.U32(), defaults.U32()));
    }

    /// <summary>
    /// The section for publication: an edit list that begins at <paramref name="mediaTime"/> (the reordering delay), so that
    /// the first picture is shown at 0; without the encoder's notes. It depends on nothing but the encoder's settings, so it
    /// is the same for every span of a file.
    /// </summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static byte[] WithEditList(ReadOnlySpan<byte> init, uint mediaTime)
    {
        var writer = new BoxWriter();
        foreach (Box box in new BoxReader(init))
        {
            writer.Bytes(box.Is("moov"u8) ? Rewrite(box, mediaTime) : box.Bytes);
        }

        return writer.ToArray();
    }

    private static byte[] Rewrite(Box container, uint mediaTime)
    {
        var content = new BoxWriter();
        foreach (Box box in new BoxReader(container.Payload))
        {
            if (box.Is("udta"u8) || box.Is("edts"u8))
            {
                continue;
            }

            if (box.Is("mdia"u8))
            {
                content.Box("edts"u8, edts => edts.FullBox("elst"u8, 0, 0, list => list
                    // One edit that lasts as long as the media does (0 in a fragmented file), at the normal rate.
                    .U32(1).U32(0).U32(mediaTime).U16(1).U16(0)));
            }

            content.Bytes(box.Is("trak"u8) ? Rewrite(box, mediaTime) : box.Bytes);
        }

        byte[] payload = content.ToArray();
        byte[] rewritten = new byte[payload.Length + 8];
        BinaryPrimitives.WriteUInt32BigEndian(rewritten, (uint)rewritten.Length);
        container.Bytes.Slice(4, 4).CopyTo(rewritten.AsSpan(4));
        payload.CopyTo(rewritten, 8);
        return rewritten;
    }
}
