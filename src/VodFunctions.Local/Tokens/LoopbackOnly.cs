using System.Net;

namespace VodFunctions.Local.Tokens;

/// <summary>
/// Lets through only callers on this machine. The address alone is not enough: a page of a foreign site that a browser
/// here has open calls from this machine too, so the names in Host (DNS rebinding) and Origin count as well.
/// </summary>
public static class LoopbackOnly
{
    /// <summary>Whether the request comes from this machine, for this machine, and not through a proxy.</summary>
    public static bool Allows(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && IsLoopbackName(context.Request.Host.Host)
        && IsLoopbackOrigin(context.Request.Headers.Origin.ToString())
        && !context.Request.Headers.ContainsKey("Forwarded")
        && !context.Request.Headers.ContainsKey("X-Forwarded-For");

    private static bool IsLoopbackOrigin(string origin) =>
        origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && IsLoopbackName(uri.Host));

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
