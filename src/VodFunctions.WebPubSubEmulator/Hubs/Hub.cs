using System.Diagnostics.CodeAnalysis;
using VodFunctions.WebPubSubEmulator.Connections;
using VodFunctions.WebPubSubEmulator.Frames;

namespace VodFunctions.WebPubSubEmulator.Hubs;

/// <summary>The connections of one hub, by id, by user and by group: who gets what.</summary>
internal sealed class Hub(string name, ILogger<Hub> log)
{
    private readonly Dictionary<string, Connection> _connections = new(StringComparer.Ordinal);
    private readonly ConnectionIndex _users = new();
    private readonly ConnectionIndex _groups = new();
    private readonly Lock _gate = new();

    public string Name { get; } = name;

    /// <summary>Adds a new connection, with the groups that its token names.</summary>
    public void Add(Connection connection)
    {
        lock (_gate)
        {
            _connections[connection.Id] = connection;
            if (connection.Identity.UserId is { } user)
            {
                _users.Add(user, connection);
            }

            foreach (string group in connection.Identity.Groups)
            {
                JoinLocked(connection, group);
            }
        }
    }

    /// <summary>Removes a connection for good. Twice is fine.</summary>
    public void Remove(Connection connection)
    {
        lock (_gate)
        {
            if (!_connections.Remove(connection.Id))
            {
                return;
            }

            if (connection.Identity.UserId is { } user)
            {
                _users.Remove(user, connection);
            }

            foreach (string group in connection.Groups)
            {
                _groups.Remove(group, connection);
            }
        }
    }

    public bool TryFind(string connectionId, [NotNullWhen(true)] out Connection? connection)
    {
        lock (_gate)
        {
            return _connections.TryGetValue(connectionId, out connection);
        }
    }

    /// <summary>All connections now, with those that are broken and can still be recovered.</summary>
    public Connection[] All()
    {
        lock (_gate)
        {
            return [.. _connections.Values];
        }
    }

    public Connection[] OfUser(string userId)
    {
        lock (_gate)
        {
            return _users.Find(userId);
        }
    }

    public Connection[] OfGroup(string group)
    {
        lock (_gate)
        {
            return _groups.Find(group);
        }
    }

    /// <summary>Queues a message for each of them. One that is too slow is cut off, and holds up nobody.</summary>
    public void Send(IEnumerable<Connection> connections, HubMessage message)
    {
        foreach (Connection connection in connections)
        {
            if (!connection.Send(message))
            {
                // It may have no socket whose end would remove it.
                Remove(connection);
                Log.Stalled(log, connection.Id);
            }
        }
    }

    public void SendToUser(string userId, HubMessage message) => Send(OfUser(userId), message);

    public void Join(Connection connection, string group)
    {
        lock (_gate)
        {
            JoinLocked(connection, group);
        }
    }

    public void Leave(Connection connection, string group)
    {
        lock (_gate)
        {
            if (connection.Groups.Remove(group))
            {
                _groups.Remove(group, connection);
            }
        }
    }

    private void JoinLocked(Connection connection, string group)
    {
        // What has been removed stays out, also when its last frame is still being carried out.
        if (_connections.ContainsKey(connection.Id) && connection.Groups.Add(group))
        {
            _groups.Add(group, connection);
        }
    }
}
