using FsCheck;
using FsCheck.Fluent;
using VodFunctions.Core.Containers;
using Xunit;

namespace VodFunctions.Core.Tests.Containers;

public sealed class TsTests
{
    private const int ProgramPid = 0x1000;
    private const int VideoPid = 0x100;

    [Fact]
    public void A_group_is_measured_from_its_packets()
    {
        var scanner = new TsGroupScanner();
        foreach (byte[] packet in Group())
        {
            scanner.Add(packet);
        }

        TsGroup group = scanner.Finish();

        Assert.Equal(new(2, 900_000, true, 4 * TsPacket.Size, "avc1.64001f"), group);
    }

    [Fact]
    public void A_group_without_parameters_is_refused()
    {
        var scanner = new TsGroupScanner();
        scanner.Add(Group()[0]);
        scanner.Add(Group()[1]);

        Assert.Throws<InvalidDataException>(() => scanner.Finish());
    }

    [Fact]
    public void Damaged_packets_are_read_or_refused_and_nothing_else() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<(byte, byte, byte)[]>(),
        ((byte Packet, byte At, byte Value)[] damage) =>
        {
            byte[][] packets = Group();
            foreach ((byte packet, byte at, byte value) in damage)
            {
                packets[packet % packets.Length][at % TsPacket.Size] = value;
            }

            try
            {
                var scanner = new TsGroupScanner();
                foreach (byte[] packet in packets)
                {
                    scanner.Add(packet);
                }

                return scanner.Finish().FrameCount > 0;
            }
            catch (InvalidDataException)
            {
                return true;
            }
        }));

    [Fact]
    public void A_cut_off_packet_is_refused() =>
        Assert.Throws<InvalidDataException>(() => new TsGroupScanner().Add(Group()[0].AsSpan(0, 187)));

    // PAT, PMT, an I-frame in two packets, a P-frame in one.
    private static byte[][] Group() =>
    [
        Packet(0, true, false, [0, 0x00, 0xB0, 13, 0, 1, 0xC1, 0, 0, 0, 1, 0xE0 | (ProgramPid >> 8), ProgramPid & 0xFF, 0, 0, 0, 0]),
        Packet(
            ProgramPid, true, false,
            [0, 0x02, 0xB0, 18, 0, 1, 0xC1, 0, 0, 0xE1, 0x00, 0xF0, 0, 0x1B, 0xE1, 0x00, 0xF0, 0, 0, 0, 0, 0]),
        Packet(VideoPid, true, true, [.. Pes(900_000), 0, 0, 0, 1, 0x67, 0x64, 0x00, 0x1F, 0xAC]),
        Packet(VideoPid, false, false, []),
        Packet(VideoPid, true, false, [.. Pes(903_600), 0, 0, 0, 1, 0x41]),
    ];

    private static byte[] Pes(long pts) =>
    [
        0, 0, 1, 0xE0, 0, 0, 0x80, 0x80, 5,
        (byte)(0x21 | ((pts >> 29) & 0x0E)), (byte)(pts >> 22), (byte)(((pts >> 14) & 0xFE) | 1), (byte)(pts >> 7),
        (byte)((pts << 1) | 1),
    ];

    private static byte[] Packet(int pid, bool starts, bool randomAccess, byte[] payload)
    {
        byte[] packet = new byte[TsPacket.Size];
        packet.AsSpan().Fill(0xFF);
        byte[] head = [0x47, (byte)((starts ? 0x40 : 0) | (pid >> 8)), (byte)pid, 0x30, 1, (byte)(randomAccess ? 0x40 : 0)];
        head.CopyTo(packet, 0);
        payload.CopyTo(packet, head.Length);
        return packet;
    }
}
