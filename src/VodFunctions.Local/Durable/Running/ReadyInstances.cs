using System.Threading.Channels;

namespace VodFunctions.Local.Durable.Running;

/// <summary>
/// The instances that have messages, each at most once and handled by one loop at a time: what comes for an instance
/// while it is handled makes
/// it ready again afterwards.
/// </summary>
internal sealed class ReadyInstances
{
    private readonly Lock _gate = new();
    private readonly Channel<long> _channel = Channel.CreateUnbounded<long>();
    private readonly Dictionary<long, State> _states = [];

    private enum State
    {
        Queued,
        Handled,
        HandledAndReady,
    }

    /// <summary>An instance has messages.</summary>
    public void Add(long serial)
    {
        lock (_gate)
        {
            if (!_states.TryGetValue(serial, out State state))
            {
                _states[serial] = State.Queued;
                _channel.Writer.TryWrite(serial);
            }
            else if (state == State.Handled)
            {
                _states[serial] = State.HandledAndReady;
            }
        }
    }

    /// <summary>The instance to handle next; tell when it is done.</summary>
    public async ValueTask<long> TakeAsync(CancellationToken cancellationToken)
    {
        long serial = await _channel.Reader.ReadAsync(cancellationToken);
        lock (_gate)
        {
            _states[serial] = State.Handled;
        }

        return serial;
    }

    /// <summary>It was handled.</summary>
    public void Done(long serial)
    {
        lock (_gate)
        {
            if (_states.Remove(serial, out State state) && state == State.HandledAndReady)
            {
                _states[serial] = State.Queued;
                _channel.Writer.TryWrite(serial);
            }
        }
    }
}
