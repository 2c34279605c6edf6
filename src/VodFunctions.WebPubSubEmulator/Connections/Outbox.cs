using VodFunctions.WebPubSubEmulator.Frames;

namespace VodFunctions.WebPubSubEmulator.Connections;

/// <summary>
/// What a connection has yet to send, bounded: whoever adds to it never waits for a slow client. A reliable connection
/// keeps its messages until they are acknowledged, so that a new socket can go on where the old one broke. Answers are
/// counted by themselves: a client that has just come back to a full buffer may ping.
/// </summary>
internal sealed class Outbox(int maxMessages, long maxBytes, bool reliable)
{
    private readonly Lock _gate = new();
    private readonly Queue<Entry> _unacknowledged = new();
    private Queue<Entry> _waiting = new();
    private OutboxTurn _turn = new();
    private long _sequence;
    private long _bytes;
    private int _answers;
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
            return TryAdd(new Entry(frame, null, IsAnswer: true));
        }
    }

    /// <summary>The next frame, when there is one; null at the end. One caller at a time.</summary>
    /// <param name="turn">The socket's, from <see cref="Restart"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OperationCanceledException">Cancelled, or another socket has taken over.</exception>
    public async ValueTask<Frame?> TakeAsync(OutboxTurn turn, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_gate)
            {
                if (turn != _turn)
                {
                    throw new OperationCanceledException("Another socket has taken over.");
                }

                if (TakeLocked() is { } frame)
                {
                    return frame;
                }

                if (_complete)
                {
                    return null;
                }
            }

            await turn.WaitAsync(cancellationToken);
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
    /// socket are dropped, and it gets nothing any more: what it took could be neither received nor sent again.
    /// </summary>
    /// <returns>What the new socket takes with.</returns>
    public OutboxTurn Restart(Frame? first)
    {
        lock (_gate)
        {
            OutboxTurn old = _turn;
            _turn = new OutboxTurn();
            old.Wake();
            Entry[] again = [.. _unacknowledged, .. _waiting.Where(entry => entry.SequenceId is not null)];
            _unacknowledged.Clear();
            _waiting = new Queue<Entry>(first is { } frame ? [new Entry(frame, null, IsAnswer: true), .. again] : again);
            _answers = _waiting.Count - again.Length;
            _bytes = again.Sum(entry => (long)entry.Frame.Bytes.Length);
            return _turn;
        }
    }

    /// <summary>Nothing is added any more: what waits is still taken, then comes the end.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _complete = true;
            _turn.Wake();
        }
    }

    private bool TryAdd(Entry entry)
    {
        if (_complete)
        {
            return true; // To a connection that is being closed: gone, as if it came a moment later.
        }

        if (entry.IsAnswer)
        {
            if (_answers >= maxMessages)
            {
                return false;
            }

            _answers++;
        }
        else
        {
            int messages = _waiting.Count - _answers + _unacknowledged.Count;
            if (messages >= maxMessages || _bytes + entry.Frame.Bytes.Length > maxBytes)
            {
                return false;
            }

            _bytes += entry.Frame.Bytes.Length;
        }

        _waiting.Enqueue(entry);
        _turn.Wake();
        return true;
    }

    private Frame? TakeLocked()
    {
        if (!_waiting.TryDequeue(out Entry? entry))
        {
            return null;
        }

        if (entry.IsAnswer)
        {
            _answers--;
        }
        else if (entry.SequenceId is not null)
        {
            _unacknowledged.Enqueue(entry);
        }
        else
        {
            _bytes -= entry.Frame.Bytes.Length;
        }

        return entry.Frame;
    }

    private sealed record Entry(Frame Frame, long? SequenceId, bool IsAnswer = false);
}
