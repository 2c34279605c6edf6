using System.Threading.Channels;

namespace VodFunctions.WebPubSubEmulator.Connections;

/// <summary>
/// One socket's right to take from an <see cref="Outbox"/>, with a signal of its own, so that a socket which has not noticed
/// yet that it is dead cannot swallow the one for its successor.
/// </summary>
internal sealed class OutboxTurn
{
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is something to look at. A call while nobody waits is not lost.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>Until there is.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken);
}
