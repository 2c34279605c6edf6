using VodFunctions.WebPubSubEmulator.Connections;

namespace VodFunctions.WebPubSubEmulator.Hubs;

/// <summary>Connections by a name: of their user, of a group. Names without any are forgotten. Not safe for threads.</summary>
internal sealed class ConnectionIndex
{
    private readonly Dictionary<string, HashSet<Connection>> _byName = new(StringComparer.Ordinal);

    public void Add(string name, Connection connection)
    {
        if (!_byName.TryGetValue(name, out HashSet<Connection>? found))
        {
            _byName[name] = found = [];
        }

        found.Add(connection);
    }

    public void Remove(string name, Connection connection)
    {
        if (_byName.TryGetValue(name, out HashSet<Connection>? found) && found.Remove(connection) && found.Count == 0)
        {
            _byName.Remove(name);
        }
    }

    public Connection[] Find(string name) => _byName.TryGetValue(name, out HashSet<Connection>? found) ? [.. found] : [];
}

