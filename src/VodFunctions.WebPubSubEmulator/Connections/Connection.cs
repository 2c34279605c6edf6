using System.Security.Cryptography;
using System.Text;
using VodFunctions.WebPubSubEmulator.Frames;
using VodFunctions.WebPubSubEmulator.Tokens;

namespace VodFunctions.WebPubSubEmulator.Connections;

/// <summary>
/// One client of a hub. Where its subprotocol is reliable it outlives its socket (<see cref="Session"/>) for a while.
/// </summary>
internal sealed class Connection
{
    private readonly Lock _gate = new();
    private string _reconnectionToken = NewSecret();
    private string? _tokenBefore;
    private Session? _session;
    private int _sockets;
    private bool _isOver;

    public Connection(ClientIdentity identity, Subprotocol protocol, EmulatorOptions options)
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

    /// <summary>Whether its client has closed its socket. It may come back, but it is not there.</summary>
    public bool HasLeft { get; private set; }

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
    public void Answer(Frame frame)
    {
        if (!Outbox.TryAdd(frame))
        {
            CutOff();
        }
    }

    /// <summary>Makes a socket the one that this connection talks through; an older one is dropped.</summary>
    /// <returns>False when it is too late: the connection is over.</returns>
    public bool TryAttach(Session session)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return false;
            }

            _session?.Abort();
            _session = session;
            _sockets++;
            HasLeft = false;
            _reconnectionToken = NewSecret();
            session.Turn = Outbox.Restart(Protocol.IsSimple ? null : ServerFrame.Connected(
                Id, Identity.UserId, Protocol.IsReliable ? _reconnectionToken : null));
            return true;
        }
    }

    /// <summary>Takes a socket off.</summary>
    /// <returns>What has become of the connection.</returns>
    public Detached Detach(Session session, SessionEnd end)
    {
        lock (_gate)
        {
            if (_session != session)
            {
                return Detached.Replaced;
            }

            _session = null;
            HasLeft = end == SessionEnd.Left;
            _isOver |= !Protocol.IsReliable || end is not (SessionEnd.Broken or SessionEnd.Left);
            return _isOver ? Detached.Over : Detached.Waiting;
        }
    }

    /// <summary>How many sockets it has had.</summary>
    public int Sockets
    {
        get
        {
            lock (_gate)
            {
                return _sockets;
            }
        }
    }

    /// <summary>Ends it unless its client has come back since, also when it is away again.</summary>
    /// <param name="sockets">How many sockets it had had when the client went away.</param>
    public bool TryForget(int sockets)
    {
        lock (_gate)
        {
            _isOver |= _session is null && _sockets == sockets;
            return _isOver;
        }
    }

    /// <summary>Ends it: the client gets what waits for it and the reason, and cannot recover.</summary>
    public void Close(string reason)
    {
        lock (_gate)
        {
            _isOver = true;
            Outbox.Complete();
            _session?.Close(reason);
        }
    }

    /// <summary>
    /// Whether a client that comes back is the one that was here. A socket may break before the frame with the new token
    /// arrives: the token that the client came with stays good until it comes with the new one.
    /// </summary>
    public bool Recognizes(string reconnectionToken)
    {
        lock (_gate)
        {
            if (!Protocol.IsReliable || _isOver)
            {
                return false;
            }

            if (AreSame(reconnectionToken, _reconnectionToken))
            {
                _tokenBefore = _reconnectionToken;
                return true;
            }

            return _tokenBefore is not null && AreSame(reconnectionToken, _tokenBefore);
        }
    }

    private static bool AreSame(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private void CutOff()
    {
        lock (_gate)
        {
            _isOver = true;
            _session?.Abort();
        }
    }

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}

/// <summary>What has become of a connection whose socket has ended.</summary>
internal enum Detached
{
    /// <summary>Its client is back on another socket already.</summary>
    Replaced,

    /// <summary>It waits for its client to come back.</summary>
    Waiting,

    /// <summary>It is over.</summary>
    Over,
}
