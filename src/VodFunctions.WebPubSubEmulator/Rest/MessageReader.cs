using System.Text.Json;
using Microsoft.Net.Http.Headers;
using VodFunctions.WebPubSubEmulator.Frames;

namespace VodFunctions.WebPubSubEmulator.Rest;

/// <summary>Reads the message that a server sends: the content type says what it holds.</summary>
internal static class MessageReader
{
    /// <summary>The message, or why it is none.</summary>
    /// <exception cref="BadHttpRequestException">It is too large.</exception>
    public static async Task<(HubMessage? Message, RestError? Error)> ReadAsync(HttpRequest request)
    {
        foreach (string unknown in new[] { "filter", "messageTtlSeconds" })
        {
            // Rather refused than sent to more people, or later, than the caller wants.
            if (request.Query.ContainsKey(unknown))
            {
                return (null, RestError.BadParameter(unknown, "The emulator does not know this parameter."));
            }
        }

        _ = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type);
        DataType? dataType = type?.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/json" => DataType.Json,
            "text/plain" => DataType.Text,
            "application/octet-stream" => DataType.Binary,
            _ => null,
        };
        if (dataType is not { } known)
        {
            return (null, new RestError(
                StatusCodes.Status415UnsupportedMediaType, "UnsupportedMediaType",
                "The content type is text/plain, application/json or application/octet-stream."));
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var bytes = new ReadOnlyMemory<byte>(body.GetBuffer(), 0, (int)body.Length);
        try
        {
            return (known == DataType.Json ? HubMessage.FromJson(bytes) : new(known, bytes), null);
        }
        catch (JsonException)
        {
            return (null, RestError.BadParameter("message", "The body is no JSON."));
        }
    }
}
