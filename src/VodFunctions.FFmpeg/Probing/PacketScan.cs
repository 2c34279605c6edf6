namespace VodFunctions.FFmpeg.Probing;

/// <summary>Counts a file's packets as they stream by, in bounded memory: what is really there, whatever was declared.</summary>
/// <param name="videoStream">The picture's stream.</param>
/// <param name="followsJumps">Whether the container's clock may jump, as in transport streams that were joined.</param>
internal sealed class PacketScan(int videoStream, bool followsJumps)
{
    /// <summary>FFmpeg's own threshold (<c>-dts_delta_threshold</c>): it takes out longer jumps when it transcodes.</summary>
    private const double JumpSeconds = 10;

    private readonly FrameIntervals _intervals = new();
    private readonly KeyFrames _keyFrames = new(videoStream);
    private readonly HashSet<int> _streams = [];
    private double _offset;
    private double? _expected;
    private double? _first;
    private double _end = double.NegativeInfinity;
    private double? _firstMedia;
    private double _endMedia = double.NegativeInfinity;
    private double? _untimed;

    /// <summary>Pictures that are shown.</summary>
    public long Pictures { get; private set; }

    /// <summary>All pictures in the file, those that an edit list hides included.</summary>
    public long StoredPictures { get; private set; }

    /// <summary>Bytes of all of the picture's packets.</summary>
    public long VideoBytes { get; private set; }

    /// <summary>Where the last packet of any stream ends, on the file's clock.</summary>
    public double EndOfAllSeconds { get; private set; }

    /// <summary>Streams that have packets.</summary>
    public IReadOnlySet<int> Streams => _streams;

    /// <summary>How long the picture is shown so far, in seconds.</summary>
    public double ShownSeconds => _first is { } first ? Math.Max(0, _end - first) : 0;

    /// <summary>A time in the middle of the picture, on the file's clock.</summary>
    public double MiddleSeconds => (_first ?? 0) + (ShownSeconds / 2);

    /// <summary>Seconds of picture in the file, those that an edit list hides included.</summary>
    public double StoredSeconds => _firstMedia is { } first ? Math.Max(0, _endMedia - first) : 0;

    /// <summary>Takes a line of ffprobe's.</summary>
    public void Add(string line)
    {
        if (PacketLine.TryParse(line, out PacketLine packet))
        {
            Add(packet);
        }
    }

    /// <summary>See <see cref="KeyFrames.LongestGroupSeconds"/>.</summary>
    public double? LongestGroupSeconds => _keyFrames.LongestGroupSeconds;

    /// <summary>Takes a packet.</summary>
    public void Add(PacketLine packet)
    {
        _keyFrames.Add(packet);
        if (packet.SizeBytes > 0)
        {
            _streams.Add(packet.Stream);
        }

        double? time = packet.PtsSeconds ?? packet.DtsSeconds;
        double duration = Math.Max(0, packet.DurationSeconds ?? 0);
        EndOfAllSeconds = Math.Max(EndOfAllSeconds, (time ?? 0) + duration);
        if (packet.Stream != videoStream)
        {
            return;
        }

        StoredPictures++;
        VideoBytes += packet.SizeBytes;
        if (time is { } stamp)
        {
            AddPicture(packet, Straightened(stamp, packet.DtsSeconds ?? stamp, duration), duration);
        }
        else if (!packet.Discarded)
        {
            // No time: it follows the one before (rare: AVI with broken indexes).
            Pictures++;
        }
    }

    /// <summary>The time between two pictures, see <see cref="FrameIntervals.NaturalSeconds"/>. Ends the counting.</summary>
    public double? NaturalIntervalSeconds()
    {
        double? natural = _intervals.NaturalSeconds();

        // The last picture of a stream that tells no durations is shown as long as the others.
        if (natural is { } interval && _untimed is { } last)
        {
            _end = Math.Max(_end, last + interval);
        }

        return natural;
    }

    private void AddPicture(PacketLine packet, double time, double duration)
    {
        _firstMedia = Math.Min(_firstMedia ?? time, time);
        _endMedia = Math.Max(_endMedia, time + duration);
        if (packet.Discarded)
        {
            return;
        }

        Pictures++;
        _first = Math.Min(_first ?? time, time);
        _end = Math.Max(_end, time + duration);
        if (duration == 0)
        {
            _untimed = Math.Max(_untimed ?? time, time);
        }

        _intervals.Add(time);
    }

    private double Straightened(double time, double dts, double duration)
    {
        if (followsJumps && _expected is { } expected && Math.Abs(dts + _offset - expected) > JumpSeconds)
        {
            _offset = expected - dts;
        }

        _expected = dts + _offset + duration;
        return time + _offset;
    }
}
