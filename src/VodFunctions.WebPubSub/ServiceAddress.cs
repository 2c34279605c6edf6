using System.Diagnostics.CodeAnalysis;

namespace VodFunctions.WebPubSub;

/// <summary>
/// Reads a connection string of Azure Web PubSub: <c>Endpoint=https://...;AccessKey=...;Version=1.0;</c>, with an optional
/// <c>Port</c>.
/// </summary>
public sealed class ServiceAddress
{
    private ServiceAddress(Uri endpoint, string accessKey) => (Endpoint, AccessKey) = (endpoint, accessKey);

    /// <summary>The service's http or https address, without a path.</summary>
    public Uri Endpoint { get; }

    /// <summary>The key as written. A secret.</summary>
    internal string AccessKey { get; }

    /// <summary>Parses a connection string; false where it has no http or https endpoint, no key, or a port that is none.</summary>
    public static bool TryParse(string? connectionString, [NotNullWhen(true)] out ServiceAddress? address)
    {
        Dictionary<string, string> parts = (connectionString ?? "")
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
            address = new(new UriBuilder(endpoint.Scheme, endpoint.Host, port).Uri, key);
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
