using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using VodFunctions.Api.Json;

namespace VodFunctions.Api.Calls;

/// <summary>
/// An answer that is whole before it is sent: what cannot be serialized becomes a problem, not half an answer. It needs
/// no service of the host.
/// </summary>
internal sealed class ApiResult : IResult
{
    private static readonly Dictionary<string, string> s_none = [];
    private static readonly Dictionary<string, string> s_variesByToken =
        new() { [HeaderNames.Vary] = HeaderNames.Authorization };

    private readonly ReadOnlyMemory<byte> _body;
    private readonly string? _contentType;

    private ApiResult(int status, ReadOnlyMemory<byte> body = default, string? contentType = null)
    {
        StatusCode = status;
        _body = body;
        _contentType = contentType;
    }

    public int StatusCode { get; }

    /// <summary>By whom the answer may be kept; by nobody unless a handler says otherwise.</summary>
    public string CacheControl { get; init; } = "no-store";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static ApiResult Empty(int status, IReadOnlyDictionary<string, string>? headers = null) =>
        headers is null ? new(status) : new(status) { Headers = headers };

    public static ApiResult Json<T>(T value, int status = StatusCodes.Status200OK, string cacheControl = "no-store") =>
        Bytes(JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Responses), "application/json", status, cacheControl);

    /// <summary>200 that anyone may keep for a moment, for callers without a token: viewers by the thousand ask the same.</summary>
    /// <param name="value">The same for every such caller.</param>
    /// <param name="variesByToken">Whether callers with a token get another answer.</param>
    public static ApiResult BrieflyPublic<T>(T value, bool variesByToken) =>
        new(StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Responses), "application/json")
        {
            CacheControl = "public, max-age=5",
            Headers = variesByToken ? s_variesByToken : s_none,
        };

    public static ApiResult Bytes(ReadOnlyMemory<byte> body, string contentType, int status, string cacheControl) =>
        new(status, body, contentType) { CacheControl = cacheControl };

    public static ApiResult Bytes(
        ReadOnlyMemory<byte> body, string contentType, int status, IReadOnlyDictionary<string, string> headers) =>
        new(status, body, contentType) { Headers = headers };

    /// <summary>201 with the path of what was made.</summary>
    public static ApiResult Created<T>(T value, string location) =>
        new(StatusCodes.Status201Created, JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Responses), "application/json")
        {
            Headers = new Dictionary<string, string> { [HeaderNames.Location] = location },
        };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.StatusCode = StatusCode;
        response.Headers.CacheControl = CacheControl;
        response.Headers.XContentTypeOptions = "nosniff";
        foreach ((string name, string value) in Headers)
        {
            // Cross-origin rules may have said before what else the answer varies by.
            response.Headers[name] = name == HeaderNames.Vary ? StringValues.Concat(response.Headers.Vary, value) : value;
        }

        if (_contentType is null)
        {
            return;
        }

        response.ContentType = _contentType;
        response.ContentLength = _body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(_body, httpContext.RequestAborted);
        }
    }
}
