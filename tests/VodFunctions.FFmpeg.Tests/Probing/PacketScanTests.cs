using VodFunctions.FFmpeg.Probing;

namespace VodFunctions.FFmpeg.Tests.Probing;

public sealed class PacketScanTests
{
    [Fact]
    public void Lines_of_ffprobe_are_read_and_others_left()
    {
        Assert.True(PacketLine.TryParse("stream_index=1|pts_time=-0.023220|dts_time=N/A|duration_time=0.5|size=258|flags=KD|", out PacketLine packet));
        Assert.Equal(new PacketLine(1, -0.02322, null, 0.5, 258, Discarded: true, IsKey: true), packet);
        Assert.False(PacketLine.TryParse("", out _));
        Assert.False(PacketLine.TryParse("side_data|side_data_type=Skip Samples", out _));
    }

    [Fact]
    public void Duration_and_bytes_are_those_of_the_pictures_stream()
    {
        var scan = new PacketScan(0, ClockRule.Steady);
        Feed(scan, 0, start: 5, count: 50, interval: 0.04, duration: 0.04);
        scan.Add(new PacketLine(1, 100, 100, 1, 999, false));

        Assert.Equal(0.04, scan.NaturalIntervalSeconds()!.Value, 6);
        Assert.Equal(2, scan.ShownSeconds, 6);
        Assert.Equal((50, 5000, 101), (scan.Pictures, scan.VideoBytes, scan.EndOfAllSeconds));
        Assert.Equal([0, 1], scan.Streams.Order());
    }

    [Fact]
    public void A_byte_of_sound_does_not_last_a_day()
    {
        var scan = new PacketScan(0, ClockRule.Joined);
        Feed(scan, 0, start: 0, count: 50, interval: 0.04, duration: 0.04);
        scan.Add(new PacketLine(1, 0, 0, 10, 400_000, false));
        scan.Add(new PacketLine(1, 2, 2, 89_478, 1, false));

        Assert.Equal(new(0, 10), scan.Spans(1).Sound);
    }

    [Fact]
    public void The_last_picture_without_a_duration_is_shown_as_long_as_the_others()
    {
        var scan = new PacketScan(0, ClockRule.Steady);
        Feed(scan, 0, start: 0, count: 50, interval: 0.04, duration: null);

        scan.NaturalIntervalSeconds();
        Assert.Equal(2, scan.ShownSeconds, 6);
    }

    [Fact]
    public void Pictures_that_an_edit_list_hides_are_stored_but_not_shown()
    {
        var scan = new PacketScan(0, ClockRule.Steady);
        for (int index = 0; index < 100; index++)
        {
            scan.Add(new PacketLine(0, (index * 0.04) - 2, null, 0.04, 100, Discarded: index < 50));
        }

        Assert.Equal((50, 2.0, 4.0), (scan.Pictures, Math.Round(scan.ShownSeconds, 6), Math.Round(scan.StoredSeconds, 6)));
    }

    [Fact]
    public void A_jump_of_a_transport_streams_clock_is_no_hour_of_video()
    {
        var scan = new PacketScan(0, ClockRule.Broadcast);
        Feed(scan, 0, start: 10, count: 50, interval: 0.04, duration: 0.04);
        Feed(scan, 0, start: 7000, count: 50, interval: 0.04, duration: 0.04);
        Feed(scan, 0, start: 3, count: 50, interval: 0.04, duration: 0.04);

        scan.NaturalIntervalSeconds();
        Assert.Equal(6, scan.ShownSeconds, 6);
    }

    [Fact]
    public void Millions_of_packets_take_bounded_memory()
    {
        var scan = new PacketScan(0, ClockRule.Steady);
        var random = new Random(1);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        double time = 0;
        for (int index = 0; index < 2_000_000; index++)
        {
            scan.Add(new PacketLine(0, time += random.NextDouble(), null, null, 1, false));
        }

        long after = GC.GetTotalMemory(forceFullCollection: true);
        Assert.Equal(2_000_000, scan.Pictures);
        Assert.InRange(after - before, long.MinValue, 20_000_000);
    }

    private static void Feed(PacketScan scan, int stream, double start, int count, double interval, double? duration)
    {
        for (int index = 0; index < count; index++)
        {
            double time = start + (index * interval);
            scan.Add(new PacketLine(stream, time, time, duration, 100, false));
        }
    }
}
