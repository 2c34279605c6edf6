using VodFunctions.Core.Probing;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>
/// Splits a file into the parts between which its clock begins anew (recordings joined end to end, a recorder that was
/// restarted) and puts them one after the other. The parts keep their own clock, so picture and sound stay in step, and a part
/// begins when all streams of the one before have ended. In bounded memory.
/// </summary>
/// <param name="rule">Which jumps are no pauses.</param>
internal sealed class FileClock(ClockRule rule)
{
    /// <summary>Times of one stream may go back by this much by rounding and by damage.</summary>
    private const double BackSeconds = 0.1;

    /// <summary>
    /// The same for packets that do not say when they are decoded, as the first ones of Matroska: when they are shown is out of
    /// order by 16 pictures at most.
    /// </summary>
    private const double ReorderSeconds = 1;

    /// <summary>FFmpeg's own threshold (<c>-dts_delta_threshold</c>). A longer pause of a broadcast is a jump.</summary>
    private const double ForwardSeconds = 10;

    /// <summary>How far the streams of a file may be apart, in the order of its bytes.</summary>
    private const double ApartSeconds = 3;

    /// <summary>A part of fewer packets is a damaged time stamp.</summary>
    private const int LeastPackets = 3;

    private const int MaxParts = 64;

    private readonly List<ClockPart> _parts = [];
    private readonly Dictionary<int, Place> _places = [];

    /// <summary>Takes a packet's times.</summary>
    public void Add(PacketLine packet)
    {
        if (!_places.TryGetValue(packet.Stream, out Place? place))
        {
            _places[packet.Stream] = place = new();
        }

        long index = place.Packets++;
        double? time = packet.PtsSeconds ?? packet.DtsSeconds;
        double duration = Math.Max(0, packet.DurationSeconds ?? 0);
        if (packet.Discarded || time is not { } shown)
        {
            return;
        }

        double decoded = packet.DtsSeconds ?? shown;
        bool saysDecoded = packet.DtsSeconds is not null;
        int part = PartOf(place, decoded, saysDecoded);
        if (part != place.Part)
        {
            place.Changes.Add((index, part));
            place.Part = part;
            place.Decoded = null;
        }

        place.Decoded = saysDecoded ? decoded + duration : place.Decoded;
        place.Shown = shown + duration;
        _parts[part].Add(packet.Stream, shown, duration, decoded);
    }

    /// <summary>See <see cref="ClockPart.Complete"/>.</summary>
    public void Complete(int stream, double seconds) => _parts.ForEach(part => part.Complete(stream, seconds));

    /// <summary>From the first to the last moment of a stream, in seconds, when the parts of these streams are joined.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="streams">What is taken of the file.</param>
    public StreamSpan? SpanOf(int stream, params ReadOnlySpan<int> streams)
    {
        if (_parts.Count == 1)
        {
            return _parts[0].SpanOf(stream);
        }

        double[] shifts = Shifts(streams);
        StreamSpan? all = null;
        foreach ((int index, ClockPart part) in _parts.Index())
        {
            if (part.Packets >= LeastPackets || index == 0)
            {
                all = StreamSpan.Join(all, part.SpanOf(stream)?.Shifted(shifts[index]));
            }
        }

        return all;
    }

    /// <summary>Where these streams go from one part to another; empty when the clock never jumps.</summary>
    public IReadOnlyList<ClockJump> Jumps(params ReadOnlySpan<int> streams)
    {
        double[] shifts = Shifts(streams);
        var jumps = new List<ClockJump>();
        foreach (int stream in streams)
        {
            double before = 0;
            foreach ((long packet, int part) in _places.TryGetValue(stream, out Place? place) ? place.Changes : [])
            {
                if (shifts[part] != before)
                {
                    jumps.Add(new(stream, packet, shifts[part]));
                    before = shifts[part];
                }
            }
        }

        return jumps;
    }

    private double[] Shifts(ReadOnlySpan<int> streams)
    {
        double[] shifts = new double[_parts.Count];
        double? end = null;
        foreach ((int index, ClockPart part) in _parts.Index())
        {
            StreamSpan? span = null;
            foreach (int stream in streams)
            {
                span = StreamSpan.Join(span, part.SpanOf(stream));
            }

            bool stray = index > 0 && part.Packets < LeastPackets;
            if (stray || span is null)
            {
                shifts[index] = index > 0 ? shifts[index - 1] : 0;
                continue;
            }

            shifts[index] = end is { } before ? before - span.First : 0;
            end = Math.Max(end ?? double.NegativeInfinity, span.End + shifts[index]);
        }

        return shifts;
    }

    private int PartOf(Place place, double decoded, bool saysDecoded)
    {
        if (_parts.Count == 0)
        {
            _parts.Add(new());
        }

        if (rule == ClockRule.Steady || place.Shown is null)
        {
            // A stream that appears late belongs where the others are.
            return rule == ClockRule.Steady ? 0 : _parts.Count - 1;
        }

        if ((saysDecoded ? place.Decoded : place.Shown) is not { } expected)
        {
            return place.Part;
        }

        bool back = decoded < expected - (saysDecoded ? BackSeconds : ReorderSeconds);
        bool forward = rule == ClockRule.Broadcast && decoded > Math.Max(expected, _parts[place.Part].Clock) + ForwardSeconds;
        bool pause = decoded > expected + (BackSeconds * 5);
        if (!back && !forward && !pause)
        {
            return place.Part;
        }

        // Another stream may have been first to begin the part.
        for (int next = place.Part + 1; next < _parts.Count; next++)
        {
            if (decoded >= _parts[next].Start - ApartSeconds && decoded <= _parts[next].Clock + ApartSeconds)
            {
                return next;
            }
        }

        // After a damaged time stamp a stream goes on where it was.
        int earlier = place.Part - 1;
        if (earlier >= 0 && _parts[place.Part].Packets < LeastPackets && Math.Abs(decoded - _parts[earlier].Clock) < ApartSeconds)
        {
            return earlier;
        }

        if ((!back && !forward) || _parts.Count == MaxParts)
        {
            return place.Part;
        }

        _parts.Add(new());
        return _parts.Count - 1;
    }

    private sealed class Place
    {
        public long Packets { get; set; }

        public int Part { get; set; }

        /// <summary>When the next packet should be decoded; none where the last ones of the part did not say.</summary>
        public double? Decoded { get; set; }

        /// <summary>When the last packet's picture or sound has been shown; none before the first.</summary>
        public double? Shown { get; set; }

        public List<(long Packet, int Part)> Changes { get; } = [];
    }
}

/// <summary>Which jumps of a container's clock are no pauses.</summary>
internal enum ClockRule
{
    /// <summary>None: there is one clock, and edit lists may go back in it.</summary>
    Steady,

    /// <summary>Back: files joined end to end, each with a clock of its own.</summary>
    Joined,

    /// <summary>Back, and far ahead: the clock of a broadcast may be set.</summary>
    Broadcast,
}
