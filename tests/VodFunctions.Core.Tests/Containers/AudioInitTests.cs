using VodFunctions.Core.Containers;
using Xunit;

namespace VodFunctions.Core.Tests.Containers;

public sealed class AudioInitTests
{
    // AAC-LC, 48 kHz, stereo, a frame of 16 bytes.
    private static readonly byte[] s_header = [0xFF, 0xF1, 0x4C, 0x80, 0x02, 0x1F, 0xFC];

    [Fact]
    public void A_header_says_what_a_frame_is()
    {
        var header = AdtsHeader.Read(s_header);

        Assert.Equal(new(7, 16, 2, 48000, 2), header);
        Assert.Equal(9, header.PayloadSize);
        Assert.Equal("1190", Convert.ToHexString(header.AudioSpecificConfig()));
    }

    [Theory]
    [InlineData(0, 0xFE)]
    [InlineData(1, 0x01)]
    [InlineData(2, 0x7C)]
    [InlineData(4, 0x00)]
    [InlineData(6, 0xFD)]
    public void A_damaged_header_is_refused(int at, int value)
    {
        byte[] bytes = [.. s_header];
        bytes[at] = (byte)value;

        Assert.Throws<InvalidDataException>(() => AdtsHeader.Read(bytes));
    }

    [Fact]
    public void The_section_is_made_of_whole_boxes_and_has_the_configuration()
    {
        byte[] init = AudioInit.Write(AdtsHeader.Read(s_header), 128_000);

        Box media = BoxReader.Find(init, "moov"u8).Child("trak"u8).Child("mdia"u8);
        ReadOnlySpan<byte> description = media.Child("minf"u8).Child("stbl"u8).Child("stsd"u8).Payload;
        Assert.True(description.IndexOf((ReadOnlySpan<byte>)[0x05, 0x02, 0x11, 0x90]) > 0);
        Assert.Equal("ftyp", new BoxReader(init) is var reader && reader.MoveNext() ? reader.Current.Type : "");
    }
}
