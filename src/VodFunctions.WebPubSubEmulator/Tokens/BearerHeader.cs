namespace VodFunctions.WebPubSubEmulator.Tokens;

/// <summary>The token of <c>Authorization: Bearer</c> (RFC 6750 section 2.1).</summary>
internal static class BearerHeader
{
    private const string Scheme = "Bearer ";

    public static string? Read(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header.Length > Scheme.Length
            ? header[Scheme.Length..].Trim()
            : null;
    }
}
