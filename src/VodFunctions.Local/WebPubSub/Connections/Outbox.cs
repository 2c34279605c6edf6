using System.Threading.Channels;
using VodFunctions.Local.WebPubSub.Frames;

namespace VodFunctions.Local.WebPubSub.Connections;

/// <summary>
/// What a connection has yet to send, bounded: whoever adds to it never waits for a slow client. A reliable connection
/// keeps its messages until they are acknowledged, so that a new socket can go on where the old one broke.
/// </summary>
internal sealed class Outbox(int maxMessages, long maxBytes, bool reliable)
{
    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private Queue<Entry> _waiting = new();
    private readonly Queue<Entry> _unacknowledged = new();
    private long _sequence;
    private long _bytes;
    private bool _complete;

    /// <summary>Adds a message; false when there are too many, which nothing but a lost connection can answer.</summary>
    public bool TryAdd(HubMessage message, Func<HubMessage, long?, Frame> encode)
    {
        lock (_gate)
        {
            long? number = reliable ? ++_sequence : null;
            return TryAdd(new Entry(encode(message, number), number));
        }
    }

    /// <summary>Adds an answer to something that the client sent on this socket.</summary>
    public bool TryAdd(Frame frame)
    {
        lock (_gate)
        {
            return TryAdd(new Entry(frame, null));
        }
    }

    /// <summary>The next frame, when there is one; null at the end. One caller at a time.</summary>
    public async ValueTask<Frame?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_gate)
            {
                if (TakeLocked() is { } frame)
                {
                    return frame;
                }

                if (_complete)
                {
                    return null;
                }
            }

            await _signal.Reader.ReadAsync(cancellationToken);
        }
    }

    /// <summary>The client has everything up to that number.</summary>
    public void Acknowledge(long sequenceId)
    {
        lock (_gate)
        {
            while (_unacknowledged.TryPeek(out Entry? entry) && entry.SequenceId <= sequenceId)
            {
                _bytes -= _unacknowledged.Dequeue().Frame.Bytes.Length;
            }
        }
    }

    /// <summary>
    /// For a new socket: <paramref name="first"/>, then what is not acknowledged, then what waits. Answers to the old
    /// socket are dropped.
    /// </summary>
    public void Restart(Frame first)
    {
        lock (_gate)
        {
            Entry[] again = [.. _unacknowledged, .. _waiting.Where(entry => entry.SequenceId is not null)];
            _unacknowledged.Clear();
            _waiting = new Queue<Entry>([new Entry(first, null), .. again]);
            _bytes = _waiting.Sum(entry => (long)entry.Frame.Bytes.Length);
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Nothing is added any more: what waits is still taken, then comes the end.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _complete = true;
        }

        _signal.Writer.TryWrite(true);
    }

    private bool TryAdd(Entry entry)
    {
        if (_complete)
        {
            return true; // To a connection that is being closed: gone, as if it came a moment later.
        }

        if (_waiting.Count + _unacknowledged.Count >= maxMessages || _bytes + entry.Frame.Bytes.Length > maxBytes)
        {
            return false;
        }

        _waiting.Enqueue(entry);
        _bytes += entry.Frame.Bytes.Length;
        _signal.Writer.TryWrite(true);
        return true;
    }

    private Frame? TakeLocked()
    {
        if (!_waiting.TryDequeue(out Entry? entry))
        {
            return null;
        }

        if (entry.SequenceId is not null)
        {
            _unacknowledged.Enqueue(entry);
        }
        else
        {
            _bytes -= entry.Frame.Bytes.Length;
        }

        return entry.Frame;
    }

    private sealed record Entry(Frame Frame, long? SequenceId);
}
