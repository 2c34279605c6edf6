namespace VodFunctions.WebPubSubEmulator.Connections;

/// <summary>Remembers the ack ids that a connection has used, so that nothing is carried out twice. Bounded: the oldest go first.</summary>
internal sealed class AckHistory(int capacity = 4096)
{
    private readonly HashSet<ulong> _seen = [];
    private readonly Queue<ulong> _order = new();

    /// <summary>False when the id was used before.</summary>
    public bool TryUse(ulong ackId)
    {
        if (!_seen.Add(ackId))
        {
            return false;
        }

        _order.Enqueue(ackId);
        if (_order.Count > capacity)
        {
            _seen.Remove(_order.Dequeue());
        }

        return true;
    }
}
