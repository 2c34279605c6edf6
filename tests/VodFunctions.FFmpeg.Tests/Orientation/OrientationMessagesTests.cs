using VodFunctions.FFmpeg.Orientation;

namespace VodFunctions.FFmpeg.Tests.Orientation;

public sealed class OrientationMessagesTests
{
    // Type 47, 3 bytes: not cancelled, no flips, 0x4000 / 0x10000 of a turn.
    private const string Message = "2F 03 08 00 18";

    [Theory]
    // Behind a start code, before the next one.
    [InlineData(false, $"00 00 00 01 06 {Message} 80 00 00 01 65 88", 7)]
    [InlineData(true, $"00 00 01 4E 01 {Message} 80 00 00 00 01 26 01", 7)]
    // Behind its length.
    [InlineData(false, $"00 00 00 07 06 {Message} 80 00 00 00 09 65 88", 7)]
    [InlineData(true, $"00 00 00 08 4E 01 {Message} 80", 8)]
    // Second, after one whose bytes were kept from being a start code.
    [InlineData(false, $"00 00 00 0F 06 05 05 00 00 03 01 AA BB {Message} 80", 15)]
    // The length reads like a start code.
    [InlineData(false, "00 00 01 08 06 05 FF 01", null)]
    // Cancelled; of the other codec; cut short; another type; too long to be one.
    [InlineData(false, "00 00 00 07 06 2F 03 88 00 18 80", null)]
    [InlineData(true, $"00 00 00 07 06 {Message} 80", null)]
    [InlineData(false, "00 00 00 06 06 2F 03 08 00 80", null)]
    [InlineData(false, "00 00 00 07 06 2E 03 08 00 18 80", null)]
    [InlineData(false, "00 00 00 0E 06 2F 0A 08 00 18 00 18 01 01 01 01 01 80", null)]
    // Ends elsewhere than it says: by chance.
    [InlineData(false, $"00 00 00 08 06 {Message} 04 80", null)]
    public void A_message_with_an_effect_is_found(bool isHevc, string bytes, int? at)
    {
        var found = new List<int>();
        OrientationMessages.Find(Convert.FromHexString(bytes.Replace(" ", "")), isHevc, new ScanBudget(0), found);
        Assert.Equal(at is { } position ? [position] : [], found);
    }

    [Fact]
    public void A_message_in_two_packets_of_a_transport_stream_is_found()
    {
        byte[] unit = Convert.FromHexString("00000001062F0308001880000001658800");
        // The second packet has some of its own in front, and another stream's packet stands between.
        byte[] bytes = [.. Packet(0x100, unit[..6]), .. Packet(0x101, [1, 2, 3]), .. Packet(0x100, unit[6..])];
        var positions = new List<long>();
        var payloads = new TransportPayloads(isHevc: false, new ScanBudget(0));

        Assert.Equal(bytes.Length, payloads.Add(bytes, 1000, positions));
        payloads.Search(positions);

        // The first byte of the payload is the second of the last packet's.
        Assert.Equal([1000 + bytes.Length - (unit.Length - 6) + 1], positions);
    }

    [Fact]
    public void A_message_is_found_wherever_a_buffer_ends()
    {
        byte[] unit = Convert.FromHexString("00000007062F0308001880");
        for (int before = (32 * OrientationMessages.MaxUnitBytes) - 12; before <= 32 * OrientationMessages.MaxUnitBytes; before++)
        {
            var positions = new List<long>();
            var buffer = new PayloadBuffer(isHevc: false, new ScanBudget(0));
            buffer.Add([.. Enumerable.Repeat((byte)0xAA, before), .. unit, .. Enumerable.Repeat((byte)0xAA, 100)], 50, positions);
            buffer.Search(positions);
            Assert.Equal(50 + before + 7, Assert.Single(positions.Distinct()));
        }
    }

    [Theory]
    // Every 11 bytes a length that leads to the end of another one.
    [InlineData($"00 00 0F F8 06 {Message} 80", 0)]
    [InlineData("00 00 01 06 2F 01 08 80", 1)]
    public void A_file_of_nothing_but_lookalikes_is_read_no_more_often_than_its_budget_allows(string unit, int least)
    {
        byte[] one = Convert.FromHexString(unit.Replace(" ", ""));
        byte[] bytes = [.. Enumerable.Repeat(one, 1 << 17).SelectMany(each => each)];
        var budget = new ScanBudget(bytes.Length);
        int all = 0;
        for (int search = 0; search < 1000 && !budget.IsSpent; search++)
        {
            all += Found().Count;
        }

        // The last unit may end behind its end, and no other begins there.
        Assert.InRange(budget.Left, -OrientationMessages.MaxUnitBytes, 0);
        Assert.InRange(all, least, ((64 << 20) + (4 * bytes.Length)) / 256 + 1);
        Assert.Empty(Found());

        List<int> Found()
        {
            var found = new List<int>();
            OrientationMessages.Find(bytes, isHevc: false, budget, found);
            return found;
        }
    }

    /// <summary>A packet of 188 bytes, filled by an adaptation field.</summary>
    private static byte[] Packet(int stream, byte[] payload)
    {
        byte[] packet = [.. Enumerable.Repeat((byte)0xFF, 188)];
        packet[0] = 0x47;
        packet[1] = (byte)(stream >> 8);
        packet[2] = (byte)stream;
        packet[3] = 0x30;
        packet[4] = (byte)(188 - 5 - payload.Length);
        packet[5] = 0;
        payload.CopyTo(packet, 188 - payload.Length);
        return packet;
    }
}
