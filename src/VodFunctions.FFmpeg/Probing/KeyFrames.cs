namespace VodFunctions.FFmpeg.Probing;

/// <summary>Measures how far a stream's keyframes are apart.</summary>
/// <param name="stream">The picture's stream.</param>
internal sealed class KeyFrames(int stream)
{
    private double? _lastKey;
    private double? _last;
    private double _longest;

    /// <summary>Seconds from one keyframe to the next or to the end, at most; null without any keyframe.</summary>
    public double? LongestGroupSeconds => _lastKey is null ? null : Math.Max(_longest, _last!.Value - _lastKey.Value);

    /// <summary>Takes a packet in decoding order.</summary>
    public void Add(PacketLine packet)
    {
        if (packet.Stream != stream || (packet.DtsSeconds ?? packet.PtsSeconds) is not { } time)
        {
            return;
        }

        _last = time;
        if (packet.IsKey)
        {
            _longest = Math.Max(_longest, time - (_lastKey ?? time));
            _lastKey = time;
        }
    }
}
