using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using VodFunctions.Api.Json;
using VodFunctions.Core.Problems;

namespace VodFunctions.Api.Calls;

/// <summary>Reads a JSON body of at most 64 KiB, whatever its headers claim.</summary>
internal static class JsonBody
{
    /// <summary>Far more than the longest post takes, escaped.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <exception cref="ProblemException">Not JSON, not of that shape, or too large.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
    {
        DemandJson(request);
        using MemoryStream body = await ReadBytesAsync(request, cancellationToken);
        return Parse<T>(body);
    }

    /// <summary>The same for a body that may be left out: null when there is not one byte of it.</summary>
    /// <exception cref="ProblemException">Not JSON, not of that shape, or too large.</exception>
    public static async Task<T?> ReadIfAnyAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        using MemoryStream body = await ReadBytesAsync(request, cancellationToken);
        if (body.Length == 0)
        {
            return null;
        }

        DemandJson(request);
        return Parse<T>(body);
    }

    private static T Parse<T>(MemoryStream body)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body.GetBuffer().AsSpan(0, (int)body.Length), ApiJson.Requests)
                ?? throw NotUnderstood();
        }
        catch (JsonException)
        {
            // What the parser says quotes types and members of ours; the caller has the contract.
            throw NotUnderstood();
        }
    }

    private static void DemandJson(HttpRequest request)
    {
        bool json = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || (type.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
                    && type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
            && (!type.Charset.HasValue
                || type.Charset.Value.Trim('"').Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase));
        if (!json || request.Headers.ContentEncoding.Count > 0)
        {
            throw new ProblemException(
                ProblemCode.UnsupportedMediaType, "The body must be application/json in UTF-8, without Content-Encoding.");
        }
    }

    private static async Task<MemoryStream> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes)
        {
            throw TooLarge();
        }

        var body = new MemoryStream();
        byte[] buffer = new byte[4096];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > MaxBytes)
            {
                throw TooLarge();
            }

            body.Write(buffer, 0, read);
        }

        return body;
    }

    private static ProblemException TooLarge() =>
        new(ProblemCode.RequestTooLarge, $"The body must not have more than {MaxBytes} bytes.");

    private static ProblemException NotUnderstood() =>
        new(ProblemCode.InvalidRequest, "The body is not the JSON object that is expected here.");
}
