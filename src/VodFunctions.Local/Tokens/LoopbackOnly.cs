using System.Net;

namespace VodFunctions.Local.Tokens;

/// <summary>
/// Lets through only callers on this machine. The address alone is not enough: a page of a foreign site that a browser
/// here has open calls from this machine too, so the names in Host (DNS rebinding) and Origin count as well. Behind a proxy
/// all of that is the proxy's: it must say whom it speaks for, in <c>X-Forwarded-For</c> (each proxy adds one address) and
/// <c>X-Forwarded-Host</c>, and each of those must be this machine. A proxy that rewrites Host and says nothing cannot be
/// told from a caller here: see docs/operating.md.
/// </summary>
public static class LoopbackOnly
{
    // What proxies say of themselves without naming a caller that could be checked.
    private static readonly string[] s_opaque = ["Forwarded", "Via", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP"];

    /// <summary>Whether the request comes from this machine, for this machine, whatever stands in between.</summary>
    public static bool Allows(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && IsLoopbackName(context.Request.Host.Host)
        && IsLoopbackOrigin(context.Request.Headers.Origin.ToString())
        && !s_opaque.Any(context.Request.Headers.ContainsKey)
        && Each(context.Request, "X-Forwarded-For").All(IsLoopbackName)
        && Each(context.Request, "X-Forwarded-Host").All(host => IsLoopbackName(new HostString(host).Host));

    private static IEnumerable<string> Each(HttpRequest request, string header) =>
        request.Headers[header].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries));

    private static bool IsLoopbackOrigin(string origin) =>
        origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && IsLoopbackName(uri.Host));

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
