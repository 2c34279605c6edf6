using System.Diagnostics.CodeAnalysis;
using VodFunctions.WebPubSubEmulator.Tokens;

namespace VodFunctions.Local.WebPubSub.Service;

/// <summary>What a connection string says: <c>Endpoint=https://...;AccessKey=...;Version=1.0;</c>, with <c>Port</c> at will.</summary>
internal sealed class ServiceAddress
{
    private ServiceAddress(Uri endpoint, AccessKey key) => (Endpoint, Key) = (endpoint, key);

    /// <summary>Without a path.</summary>
    public Uri Endpoint { get; }

    public AccessKey Key { get; }

    public static bool TryParse(string connectionString, [NotNullWhen(true)] out ServiceAddress? address)
    {
        Dictionary<string, string> parts = connectionString
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .GroupBy(part => part[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(part => part.Key, part => part.First()[1], StringComparer.OrdinalIgnoreCase);
        address = null;
        if (Uri.TryCreate(parts.GetValueOrDefault("Endpoint"), UriKind.Absolute, out Uri? endpoint)
            && endpoint.Scheme is "http" or "https"
            && parts.GetValueOrDefault("AccessKey") is { Length: > 0 } key
            && TryGetPort(parts, endpoint, out int port))
        {
            address = new(new UriBuilder(endpoint.Scheme, endpoint.Host, port).Uri, new AccessKey(key));
        }

        return address is not null;
    }

    private static bool TryGetPort(Dictionary<string, string> parts, Uri endpoint, out int port)
    {
        port = endpoint.Port;
        return !parts.TryGetValue("Port", out string? text)
            || (int.TryParse(text, out port) && port is > 0 and <= ushort.MaxValue);
    }
}
