using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace VodFunctions.Api.Auth;

/// <summary>Finds the token of a request (RFC 6750 section 2.1: the header only; a URL would end up in logs).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <summary>The token; null when no Authorization header was sent; empty when one was, but not of that form.</summary>
    public static string? Find(HttpRequest request)
    {
        StringValues headers = request.Headers.Authorization;
        return headers switch
        {
            { Count: 0 } => null,
            { Count: 1 } when headers[0]!.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) =>
                headers[0]![Scheme.Length..].Trim(),
            _ => "",
        };
    }
}
