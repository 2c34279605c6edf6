namespace VodFunctions.Core.Containers;

/// <summary>Writes the initialization section of the shared sound rendition: one AAC track, timescale = sample rate.</summary>
public static class AudioInit
{
    /// <summary>The section.</summary>
    /// <param name="format">Taken from any frame of the stream.</param>
    /// <param name="bitsPerSecond">The bitrate that was asked for.</param>
    public static byte[] Write(AdtsHeader format, uint bitsPerSecond) => new BoxWriter()
        .Box("ftyp"u8, box => box.Bytes("iso6"u8).U32(0).Bytes("iso6"u8).Bytes("cmfc"u8).Bytes("mp41"u8))
        .Box("moov"u8, moov => moov
            .FullBox("mvhd"u8, 0, 0, box => Matrix(box
                .Zeros(8).U32(1000).U32(0).U32(0x00010000).U16(0x0100).Zeros(10)).Zeros(24).U32(2))
            .Box("trak"u8, trak => trak
                .FullBox("tkhd"u8, 0, 3, box => Matrix(box
                    .Zeros(8).U32(1).Zeros(4).U32(0).Zeros(8).U16(0).U16(1).U16(0x0100).Zeros(2)).Zeros(8))
                .Box("mdia"u8, mdia => Media(mdia, format, bitsPerSecond)))
            .Box("mvex"u8, mvex => mvex.FullBox("trex"u8, 0, 0, box => box
                .U32(1).U32(1).U32(AdtsHeader.SamplesPerFrame).U32(0).U32(FragmentSample.SyncFlags))))
        .ToArray();

    private static void Media(BoxWriter mdia, AdtsHeader format, uint bitsPerSecond) => mdia
        // 0x55C4: "und"; the playlist says the language.
        .FullBox("mdhd"u8, 0, 0, box => box.Zeros(8).U32((uint)format.SampleRate).U32(0).U16(0x55C4).U16(0))
        .FullBox("hdlr"u8, 0, 0, box => box.Zeros(4).Bytes("soun"u8).Zeros(12).Bytes("sound\0"u8))
        .Box("minf"u8, minf => minf
            .FullBox("smhd"u8, 0, 0, box => box.Zeros(4))
            .Box("dinf"u8, dinf => dinf.FullBox("dref"u8, 0, 0, box => box.U32(1).FullBox("url "u8, 0, 1, _ => { })))
            .Box("stbl"u8, stbl => stbl
                .FullBox("stsd"u8, 0, 0, box => box.U32(1).Box("mp4a"u8, entry => Entry(entry, format, bitsPerSecond)))
                .FullBox("stts"u8, 0, 0, box => box.U32(0))
                .FullBox("stsc"u8, 0, 0, box => box.U32(0))
                .FullBox("stsz"u8, 0, 0, box => box.U32(0).U32(0))
                .FullBox("stco"u8, 0, 0, box => box.U32(0))));

    private static void Entry(BoxWriter entry, AdtsHeader format, uint bitsPerSecond)
    {
        byte[] config = format.AudioSpecificConfig();
        entry.Zeros(6).U16(1).Zeros(8).U16((ushort)format.Channels).U16(16).Zeros(4)
            .U32((uint)format.SampleRate << 16)
            .FullBox("esds"u8, 0, 0, box => box
                // ES_Descriptor { DecoderConfigDescriptor { DecoderSpecificInfo } SLConfigDescriptor } (ISO/IEC 14496-1).
                .U8(0x03).U8((byte)(3 + 2 + 13 + 2 + config.Length + 3)).U16(1).U8(0)
                .U8(0x04).U8((byte)(13 + 2 + config.Length)).U8(0x40).U8(0x15).Zeros(3)
                .U32(bitsPerSecond).U32(bitsPerSecond)
                .U8(0x05).U8((byte)config.Length).Bytes(config)
                .U8(0x06).U8(1).U8(2));
    }

    private static BoxWriter Matrix(BoxWriter box) =>
        box.U32(0x00010000).Zeros(12).U32(0x00010000).Zeros(12).U32(0x40000000);
}
