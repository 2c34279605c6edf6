using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using VodFunctions.Local.WebPubSub.Connections;
using VodFunctions.Local.WebPubSub.Frames;
using VodFunctions.Local.WebPubSub.Tokens;

namespace VodFunctions.Local.WebPubSub.Hubs;

/// <summary>The connections of one hub, by id and by group.</summary>
internal sealed class Hub(string name)
{
    private readonly ConcurrentDictionary<string, Connection> _connections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<Connection>> _groups = new(StringComparer.Ordinal);
    private readonly Lock _groupGate = new();

    public string Name { get; } = name;

    public int Count => _connections.Count;

    /// <summary>Adds a connection, with the groups that its token names.</summary>
    public void Add(Connection connection)
    {
        _connections[connection.Id] = connection;
        foreach (string group in connection.Identity.Groups)
        {
            Join(connection, group);
        }
    }

    public void Remove(Connection connection)
    {
        if (!_connections.TryRemove(connection.Id, out _))
        {
            return;
        }

        lock (_groupGate)
        {
            foreach (string group in connection.Groups.ToArray())
            {
                LeaveLocked(connection, group);
            }
        }
    }

    public bool TryFind(string connectionId, [NotNullWhen(true)] out Connection? connection) =>
        _connections.TryGetValue(connectionId, out connection);

    /// <summary>Queues a message for every connection of a user.</summary>
    /// <returns>The connections that were too slow, and are cut off now.</returns>
    public IReadOnlyList<Connection> SendToUser(string userId, HubMessage message) =>
        Send(_connections.Values.Where(connection => connection.Identity.UserId == userId), message);

    /// <summary>Queues a message for every connection of a group but one.</summary>
    /// <returns>The connections that were too slow, and are cut off now.</returns>
    public IReadOnlyList<Connection> SendToGroup(string group, HubMessage message, Connection? except)
    {
        Connection[] members;
        lock (_groupGate)
        {
            members = _groups.TryGetValue(group, out HashSet<Connection>? found) ? [.. found] : [];
        }

        return Send(members.Where(member => member != except), message);
    }

    /// <summary>Carries out what a client asks for, as far as its roles allow.</summary>
    public void Handle(Connection connection, ClientFrame frame)
    {
        switch (frame.Type)
        {
            case "ping":
                connection.Answer(ServerFrame.Pong());
                return;
            case "sequenceAck":
                connection.Outbox.Acknowledge(frame.SequenceId);
                return;
        }

        bool fresh = frame.AckId is not { } id || connection.Acks.TryUse(id);
        AckError? error = fresh ? Execute(connection, frame) : AckError.Duplicate;
        if (frame.AckId is { } ackId)
        {
            connection.Answer(ServerFrame.Ack(ackId, error));
        }
    }

    private AckError? Execute(Connection connection, ClientFrame frame)
    {
        ClientIdentity who = connection.Identity;
        switch (frame.Type)
        {
            case "joinGroup" when who.MayJoin(frame.Group):
                Join(connection, frame.Group);
                return null;
            case "leaveGroup" when who.MayJoin(frame.Group):
                lock (_groupGate)
                {
                    LeaveLocked(connection, frame.Group);
                }

                return null;
            case "sendToGroup" when who.MaySend(frame.Group):
                HubMessage message = frame.Message! with { Group = frame.Group, FromUserId = who.UserId };
                SendToGroup(frame.Group, message, frame.NoEcho ? connection : null);
                return null;
            case "event":
                return null; // Taken, as with no upstream server configured.
            default:
                return AckError.Forbidden;
        }
    }

    private static List<Connection> Send(IEnumerable<Connection> connections, HubMessage message) =>
        [.. connections.Where(connection => !connection.Send(message))];

    private void Join(Connection connection, string group)
    {
        lock (_groupGate)
        {
            if (connection.Groups.Add(group))
            {
                (_groups.TryGetValue(group, out HashSet<Connection>? members) ? members : _groups[group] = []).Add(connection);
            }
        }
    }

    private void LeaveLocked(Connection connection, string group)
    {
        if (connection.Groups.Remove(group) && _groups.TryGetValue(group, out HashSet<Connection>? members))
        {
            members.Remove(connection);
            if (members.Count == 0)
            {
                _groups.Remove(group);
            }
        }
    }
}
