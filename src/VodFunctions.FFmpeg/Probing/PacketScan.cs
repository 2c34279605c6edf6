using VodFunctions.Core.Probing;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>Counts a file's packets as they stream by, in bounded memory: what is really there, whatever was declared.</summary>
/// <param name="videoStream">The picture's stream.</param>
/// <param name="rule">How the container's clock may jump.</param>
internal sealed class PacketScan(int videoStream, ClockRule rule)
{
    /// <summary>
    /// A packet of sound that lasts longer than this and has fewer bytes a second is damaged: silence takes more, in all codecs.
    /// </summary>
    private const double MostSoundSeconds = 5, LeastSoundBytes = 20;

    private readonly FrameIntervals _intervals = new();
    private readonly KeyFrames _keyFrames = new(videoStream);
    private readonly FileClock _clock = new(rule);
    private readonly HashSet<int> _streams = [];
    private double? _firstMedia;
    private double _endMedia = double.NegativeInfinity;

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
    public double ShownSeconds => _clock.SpanOf(videoStream, videoStream) is { } span ? span.End - span.First : 0;

    /// <summary>A time in the middle of the picture, on the file's clock.</summary>
    public double MiddleSeconds => _clock.SpanOf(videoStream, videoStream) is { } span ? (span.First + span.End) / 2 : 0;

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
            bool damaged = duration > MostSoundSeconds && packet.SizeBytes < LeastSoundBytes * duration;
            _clock.Add(damaged ? packet with { DurationSeconds = null } : packet);
            return;
        }

        _clock.Add(packet);

        StoredPictures++;
        VideoBytes += packet.SizeBytes;
        if (time is { } shown)
        {
            _firstMedia = Math.Min(_firstMedia ?? shown, shown);
            _endMedia = Math.Max(_endMedia, shown + duration);
        }

        if (packet.Discarded)
        {
            return;
        }

        // No time: it follows the one before (rare: AVI with broken indexes).
        Pictures++;
        if (time is { } stamp)
        {
            _intervals.Add(stamp);
        }
    }

    /// <summary>The time between two pictures, see <see cref="FrameIntervals.NaturalSeconds"/>. Ends the counting.</summary>
    public double? NaturalIntervalSeconds()
    {
        double? natural = _intervals.NaturalSeconds();
        if (natural is { } interval)
        {
            _clock.Complete(videoStream, interval);
        }

        return natural;
    }

    /// <summary>From when to when the picture is shown and the sound is heard.</summary>
    /// <param name="audioStream">The sound that is taken.</param>
    public (StreamSpan? Picture, StreamSpan? Sound) Spans(int? audioStream) => audioStream is { } audio
        ? (_clock.SpanOf(videoStream, videoStream, audio), _clock.SpanOf(audio, videoStream, audio))
        : (_clock.SpanOf(videoStream, videoStream), null);

    /// <summary>See <see cref="FileClock.Jumps"/>.</summary>
    public IReadOnlyList<ClockJump> Jumps(int? audioStream) =>
        audioStream is { } audio ? _clock.Jumps(videoStream, audio) : _clock.Jumps(videoStream);
}
