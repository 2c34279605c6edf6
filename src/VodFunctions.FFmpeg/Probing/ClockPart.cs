namespace VodFunctions.FFmpeg.Probing;

/// <summary>A part of a file in which the clock runs on: from when to when each stream is shown or heard.</summary>
internal sealed class ClockPart
{
    private readonly Dictionary<int, StreamSpan> _spans = [];
    private readonly Dictionary<int, double> _untimed = [];

    /// <summary>Packets of all streams.</summary>
    public long Packets { get; private set; }

    /// <summary>The first decoding time, in seconds.</summary>
    public double Start { get; private set; } = double.PositiveInfinity;

    /// <summary>The latest decoding time so far, in seconds.</summary>
    public double Clock { get; private set; } = double.NegativeInfinity;

    public void Add(int stream, double shown, double duration, double decoded)
    {
        Packets++;
        Start = Math.Min(Start, decoded);
        Clock = Math.Max(Clock, decoded);
        _spans[stream] = StreamSpan.Join(SpanOf(stream), new(shown, shown + duration))!;
        if (duration == 0)
        {
            _untimed[stream] = Math.Max(_untimed.GetValueOrDefault(stream, shown), shown);
        }
    }

    /// <summary>The last packet of a stream that tells no durations lasts as long as the others.</summary>
    public void Complete(int stream, double seconds)
    {
        if (_untimed.TryGetValue(stream, out double last))
        {
            _spans[stream] = StreamSpan.Join(SpanOf(stream), new(last, last + seconds))!;
        }
    }

    public StreamSpan? SpanOf(int stream) => _spans.GetValueOrDefault(stream);
}

/// <summary>From when to when something is shown or heard.</summary>
/// <param name="First">Seconds.</param>
/// <param name="End">Seconds.</param>
internal sealed record StreamSpan(double First, double End)
{
    /// <summary>From the earlier beginning to the later end.</summary>
    public static StreamSpan? Join(StreamSpan? one, StreamSpan? other) => (one, other) switch
    {
        (null, _) => other,
        (_, null) => one,
        _ => new(Math.Min(one.First, other.First), Math.Max(one.End, other.End)),
    };

    public StreamSpan Shifted(double seconds) => new(First + seconds, End + seconds);
}
