using VodFunctions.Core.Probing;
using VodFunctions.FFmpeg.Probing;

namespace VodFunctions.FFmpeg.Tests.Probing;

public sealed class FileClockTests
{
    private const int Picture = 0;
    private const int Sound = 1;
    private const double Frame = 0.04;

    [Fact]
    public void One_clock_has_no_jumps_and_pauses_stay()
    {
        var clock = new FileClock(ClockRule.Broadcast);
        Feed(clock, picture: (1, 50), sound: (1, 50));
        Feed(clock, picture: (9, 50), sound: (9, 50));

        Assert.Empty(clock.Jumps(Picture, Sound));
        Assert.Equal(new StreamSpan(1, 11), Rounded(clock.SpanOf(Picture, Picture, Sound)));
    }

    [Theory]
    [InlineData(25)]
    [InlineData(200)]
    public void Files_joined_end_to_end_follow_one_another(int frames)
    {
        double seconds = frames * Frame;
        var clock = new FileClock(ClockRule.Joined);
        for (int file = 0; file < 3; file++)
        {
            // The sound lasts half a second longer.
            Feed(clock, picture: (1.4, frames), sound: (1.5, frames + 10));
        }

        double part = seconds + 0.5;
        Assert.Equal(
            [
                new ClockJump(Picture, frames, part), new(Picture, 2 * frames, 2 * part),
                new(Sound, frames + 10, part), new(Sound, 2 * (frames + 10), 2 * part),
            ],
            clock.Jumps(Picture, Sound).Select(jump => jump with { ShiftSeconds = Math.Round(jump.ShiftSeconds, 6) }));
        Assert.Equal(new StreamSpan(1.4, 1.4 + (2 * part) + seconds), Rounded(clock.SpanOf(Picture, Picture, Sound)));
    }

    [Fact]
    public void Pictures_out_of_order_that_do_not_say_when_they_are_decoded_are_no_jump()
    {
        // Matroska, a pyramid of B-frames: the first two packets have no time of decoding, in each of two joined files.
        var clock = new FileClock(ClockRule.Joined);
        for (int file = 0; file < 2; file++)
        {
            foreach ((double? decoded, double shown) in new (double?, double)[] { (null, 0.02), (null, 0.18), (0.02, 0.1), (0.06, 0.06), (0.1, 0.14) })
            {
                clock.Add(new(Picture, shown, decoded, Frame, 100, false));
            }

            Feed(clock, picture: (0.22, 50), sound: null);
        }

        Assert.Equal(
            [new ClockJump(Picture, 55, 2.2)],
            clock.Jumps(Picture).Select(jump => jump with { ShiftSeconds = Math.Round(jump.ShiftSeconds, 6) }));
        Assert.Equal(new StreamSpan(0.02, 4.42), Rounded(clock.SpanOf(Picture, Picture)));
    }

    [Fact]
    public void A_stream_that_is_behind_in_the_file_changes_its_clock_later()
    {
        var clock = new FileClock(ClockRule.Broadcast);
        Feed(clock, picture: (100, 50), sound: (100, 40));
        Feed(clock, picture: (3, 10), sound: null);
        Feed(clock, picture: null, sound: (101.6, 10));
        Feed(clock, picture: (3.4, 40), sound: (3, 50));

        Assert.Equal(
            [new ClockJump(Picture, 50, 99), new(Sound, 50, 99)],
            clock.Jumps(Picture, Sound).Select(jump => jump with { ShiftSeconds = Math.Round(jump.ShiftSeconds, 6) }));
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(0.2)]
    public void A_damaged_time_stamp_is_no_jump(double wrong)
    {
        var clock = new FileClock(ClockRule.Broadcast);
        Feed(clock, picture: (10, 50), sound: (10, 50));
        Feed(clock, picture: (wrong, 1), sound: null);
        Feed(clock, picture: (12.04, 49), sound: (12, 50));

        Assert.Empty(clock.Jumps(Picture, Sound));
        Assert.Equal(new StreamSpan(10, 14), Rounded(clock.SpanOf(Picture, Picture, Sound)));
    }

    [Fact]
    public void A_clock_that_jumps_all_the_time_takes_bounded_memory()
    {
        var clock = new FileClock(ClockRule.Broadcast);
        for (int part = 0; part < 10_000; part++)
        {
            Feed(clock, picture: (part % 2 == 0 ? 1 : 5000, 5), sound: null);
        }

        Assert.InRange(clock.Jumps(Picture, Sound).Count, 1, 64);
    }

    /// <summary>A packet of each by turns.</summary>
    private static void Feed(FileClock clock, (double Start, int Count)? picture, (double Start, int Count)? sound)
    {
        for (int index = 0; index < Math.Max(picture?.Count ?? 0, sound?.Count ?? 0); index++)
        {
            foreach ((int stream, (double Start, int Count)? run) in new[] { (Picture, picture), (Sound, sound) })
            {
                if (run is { } some && index < some.Count)
                {
                    double time = some.Start + (index * Frame);
                    clock.Add(new(stream, time, time, Frame, 100, false));
                }
            }
        }
    }

    private static StreamSpan? Rounded(StreamSpan? span) => span is null
        ? null
        : new(Math.Round(span.First, 6), Math.Round(span.End, 6));
}
