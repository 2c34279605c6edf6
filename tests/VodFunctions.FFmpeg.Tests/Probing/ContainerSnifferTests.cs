using VodFunctions.FFmpeg.Probing;

namespace VodFunctions.FFmpeg.Tests.Probing;

public sealed class ContainerSnifferTests
{
    [Theory]
    [InlineData("....ftypisom....", "mov")]
    [InlineData("....ftypqt  ....", "mov")]
    [InlineData("....moovxxxx....", "mov")]
    [InlineData("....wide....mdat", "mov")]
    [InlineData("....ftypheic....", null)]
    [InlineData("....ftypavif....", null)]
    [InlineData("RIFF....AVI LIST", "avi")]
    [InlineData("RIFF....WAVEfmt ", null)]
    [InlineData("RIFF....WEBPVP8 ", null)]
    [InlineData("OggS............", "ogg")]
    [InlineData("FLV\u0001............", "flv")]
    [InlineData("#EXTM3U\n#EXTINF:", null)]
    [InlineData("ffconcat version", null)]
    [InlineData("GGGGGGGGGGGGGGGG", null)]
    [InlineData("ID3.............", null)]
    [InlineData("", null)]
    [InlineData("....", null)]
    public void The_first_bytes_decide(string head, string? demuxer) => Assert.Equal(
        demuxer, ContainerSniffer.Sniff([.. head.Select(letter => letter == '.' ? (byte)0 : (byte)letter)]));

    [Theory]
    [InlineData(188, 0, 40, true)]
    [InlineData(192, 4, 40, true)]
    [InlineData(204, 0, 40, true)]
    [InlineData(188, 77, 40, true)]
    [InlineData(188, 0, 3, true)]
    [InlineData(188, 0, 2, false)]
    [InlineData(190, 0, 40, false)]
    public void Transport_streams_are_known_by_their_rhythm(int size, int first, int packets, bool known)
    {
        byte[] head = new byte[first + (size * packets)];
        for (int packet = 0; packet < packets; packet++)
        {
            head[first + (size * packet)] = 0x47;
        }

        Assert.Equal(known ? "mpegts" : null, ContainerSniffer.Sniff(head));
    }

    [Fact]
    public void A_broadcast_file_may_begin_with_anything()
    {
        byte[] partition = [0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0D, 0x01, 0x02, 0x01, 0x01, 0x02, 0x04, 0x00];

        Assert.Equal("mxf", ContainerSniffer.Sniff([.. new byte[5000], .. partition]));
    }
}
