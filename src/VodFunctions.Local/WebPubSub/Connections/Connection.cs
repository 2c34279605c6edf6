using System.Security.Cryptography;
using VodFunctions.Local.WebPubSub.Frames;
using VodFunctions.Local.WebPubSub.Tokens;

namespace VodFunctions.Local.WebPubSub.Connections;

/// <summary>
/// One client of a hub. Where its subprotocol is reliable it outlives its socket (<see cref="Session"/>) for a while.
/// </summary>
internal sealed class Connection
{
    private readonly Lock _gate = new();
    private string _reconnectionToken = NewSecret();
    private Session? _session;

    public Connection(ClientIdentity identity, Subprotocol protocol, WebPubSubEmulatorOptions options)
    {
        Identity = identity;
        Protocol = protocol;
        Outbox = new Outbox(options.MaxWaitingMessages, options.MaxWaitingBytes, protocol.IsReliable);
    }

    public string Id { get; } = NewSecret();

    public ClientIdentity Identity { get; }

    public Subprotocol Protocol { get; }

    public Outbox Outbox { get; }

    public AckHistory Acks { get; } = new();

    /// <summary>The groups that it is in; guarded by the hub.</summary>
    public HashSet<string> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Queues a message. A client that lets too many pile up is cut off, for good.</summary>
    public bool Send(HubMessage message)
    {
        if (Outbox.TryAdd(message, Protocol.Encode))
        {
            return true;
        }

        CutOff();
        return false;
    }

    /// <summary>Queues the answer to a request.</summary>
    public void Answer(byte[] frame)
    {
        if (!Outbox.TryAdd(frame))
        {
            CutOff();
        }
    }

    /// <summary>Makes a socket the one that this connection talks through; an older one is dropped.</summary>
    public void Attach(Session session)
    {
        lock (_gate)
        {
            _session?.Abort();
            _session = session;
            if (!Protocol.IsSimple)
            {
                _reconnectionToken = NewSecret();
                string? token = Protocol.IsReliable ? _reconnectionToken : null;
                Outbox.Restart(ServerFrame.Connected(Id, Identity.UserId, token));
            }
        }
    }

    /// <summary>Takes a socket off; false when a newer one has taken its place.</summary>
    public bool Detach(Session session)
    {
        lock (_gate)
        {
            if (_session != session)
            {
                return false;
            }

            _session = null;
            return true;
        }
    }

    /// <summary>Whether it has no socket now.</summary>
    public bool IsDetached
    {
        get
        {
            lock (_gate)
            {
                return _session is null;
            }
        }
    }

    /// <summary>Set when it can never be recovered.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Whether a client that comes back is the one that was here.</summary>
    public bool Recognizes(string? userId, string reconnectionToken) =>
        Protocol.IsReliable && !IsCutOff && userId == Identity.UserId && CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.UTF8.GetBytes(reconnectionToken), System.Text.Encoding.UTF8.GetBytes(_reconnectionToken));

    private void CutOff()
    {
        IsCutOff = true;
        lock (_gate)
        {
            _session?.Abort();
        }
    }

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
