using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace VodFunctions.Api.Calls;

/// <summary>Reads Accept-Language (RFC 9110 section 12.5.4) for the two languages that there are.</summary>
internal static class Languages
{
    public static string Of(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(accepted => accepted.Quality is null or > 0)
        .OrderByDescending(accepted => accepted.Quality ?? 1)
        .Select(Primary)
        .FirstOrDefault(language => language is "ko" or "en") ?? "en";

    private static string Primary(StringWithQualityHeaderValue accepted) =>
        accepted.Value.ToString().Split('-')[0].ToLowerInvariant();
}
