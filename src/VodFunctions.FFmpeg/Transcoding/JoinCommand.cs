using System.Globalization;
using System.Text;
using VodFunctions.Core.Probing;
using static VodFunctions.FFmpeg.Transcoding.InputArguments;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>
/// The arguments of a run that copies picture and sound of a file whose clock jumps, with the shifts that the probe found, so
/// that all that follows reads a file with one clock. Nothing is decoded.
/// </summary>
internal static class JoinCommand
{
    /// <summary>The copy's name in the work folder. Never more than a name: FFmpeg opens it as itself.</summary>
    public const string Output = "joined";

    /// <summary>The output's time 0 in the copy, in seconds: later than any reordering delay, so that no time is negative.</summary>
    private const double StartSeconds = 10;

    private const string TransportStream = "mpegts";

    /// <summary>Builds them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="facts">What it is.</param>
    /// <param name="maxPixels">Of a picture.</param>
    /// <param name="unit">One of <see cref="Units"/>.</param>
    public static IReadOnlyList<string> Build(string path, SourceFacts facts, long maxPixels, string unit)
    {
        int[] streams = facts.AudioStream is { } audio ? [facts.VideoStream, audio] : [facts.VideoStream];
        return
        [
            .. Global, .. Source(path, facts, maxPixels),
            .. streams.SelectMany(stream => new[] { "-map", Text($"0:{stream}") }), .. Stripped,
            "-c", "copy", "-copyinkf", .. streams.Index().SelectMany(item => new[] { Text($"-bsf:{item.Index}"), Shift(facts, item.Item, unit) }),
            "-muxdelay", "0", "-muxpreload", "0", "-avoid_negative_ts", "disabled", "-f", Format(facts), Output,
        ];
    }

    /// <summary>
    /// From seconds to what the filter counts times in, the likely one first: the time base that it is told of. FFmpeg 5 tells it
    /// the source's, and gives it times in that of the copy.
    /// </summary>
    public static IReadOnlyList<string> Units(SourceFacts facts) => Format(facts) == TransportStream ? ["/TB"] : ["/TB", "*1000"];

    /// <summary>The arguments of ffprobe that print when the copy begins.</summary>
    public static IReadOnlyList<string> Start(SourceFacts facts) =>
    [
        "-v", "error", "-protocol_whitelist", "file,pipe", "-f", Format(facts), "-format_whitelist", Format(facts),
        "-show_entries", "format=start_time", "-of", "csv=p=0", "-i", Output,
    ];

    /// <summary>Whether a copy that begins there was made in the right unit.</summary>
    public static bool StartsRightly(string start) =>
        double.TryParse(start, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
        && Math.Abs(seconds - StartSeconds) < StartSeconds / 2;

    /// <summary>The facts about the copy.</summary>
    public static SourceFacts FactsOf(SourceFacts facts) => facts with
    {
        Demuxer = Format(facts),
        VideoStream = 0,
        AudioStream = facts.AudioStream is null ? null : 1,
        StartSeconds = StartSeconds,
        ClockJumps = null,
    };

    // A transport stream can change its codecs' parameters on the way only in another one.
    private static string Format(SourceFacts facts) => facts.Demuxer == TransportStream ? TransportStream : "matroska";

    private static string Shift(SourceFacts facts, int stream, string unit)
    {
        var shift = new StringBuilder(Text($"{StartSeconds - facts.StartSeconds:0.######}"));
        double before = 0;
        foreach (ClockJump jump in (facts.ClockJumps ?? []).Where(jump => jump.Stream == stream))
        {
            shift.Append(Text($"+gte(N,{jump.Packet})*({jump.ShiftSeconds - before:0.######})"));
            before = jump.ShiftSeconds;
        }

        return $"setts=pts='{Shifted("PTS")}':dts='{Shifted("DTS")}'";

        string Shifted(string time) => $"if(eq({time},NOPTS),NOPTS,{time}+round(({shift}){unit}))";
    }
}
