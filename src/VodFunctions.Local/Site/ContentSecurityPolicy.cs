namespace VodFunctions.Local.Site;

/// <summary>What the pages may load and call (Content Security Policy Level 3): themselves, and a few places by name.</summary>
internal static class ContentSecurityPolicy
{
    /// <summary>Writes the header.</summary>
    /// <param name="storage">Where uploads go.</param>
    /// <param name="push">Where notices come from; its WebSockets are meant.</param>
    /// <param name="media">Where films and pictures come from, when that is not this host.</param>
    /// <param name="issuer">Whom users sign in at, when that is not this host.</param>
    public static string For(Uri storage, Uri push, Uri? media, Uri? issuer = null)
    {
        string films = media is null ? "" : $" {OriginOf(media)}";
        string tokens = issuer is null ? "" : $" {OriginOf(issuer)}";
        return string.Join("; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            $"img-src 'self' blob: data:{films}",
            $"media-src 'self' blob:{films}",
            $"connect-src 'self' {OriginOf(storage)} {SocketsOf(push)}{films}{tokens}",
            "worker-src 'self' blob:",
            "font-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");
    }

    private static string OriginOf(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static string SocketsOf(Uri push) =>
        $"{(push.Scheme is "https" or "wss" ? "wss" : "ws")}://{push.Authority}";
}
