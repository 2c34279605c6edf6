using System.Net;
using System.Text;
using System.Text.Json;

namespace VodFunctions.Api.Tests.Support;

/// <summary>A response, read whole.</summary>
internal sealed record Answer(
    HttpStatusCode Status, string? ContentType, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The <c>code</c> of a problem document; null for anything else.</summary>
    public string? Code => ContentType == "application/problem+json" ? Json.GetProperty("code").GetString() : null;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        // Strict: text that is no UTF-8 fails here.
        string text = new UTF8Encoding(false, true).GetString(await response.Content.ReadAsByteArrayAsync());
        return new Answer(
            response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            text,
            response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
