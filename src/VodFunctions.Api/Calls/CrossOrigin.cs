using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using VodFunctions.Api.Settings;

namespace VodFunctions.Api.Calls;

/// <summary>
/// Lets pages of the site's origins call the API (Fetch standard, CORS protocol). No credentials mode: tokens are sent by
/// the page itself, so that no cookie can be misused.
/// </summary>
internal sealed class CrossOrigin(IOptions<ApiOptions> options)
{
    /// <summary>Marks the answer as readable for an allowed origin.</summary>
    public void Allow(HttpContext context)
    {
        string origin = context.Request.Headers.Origin.ToString();
        if (options.Value.AllowedOrigins.Count == 0)
        {
            return;
        }

        // Also without an Origin: a shared cache must not give that answer to a page of the site.
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (IsAllowed(origin))
        {
            context.Response.Headers.AccessControlAllowOrigin = origin;
            context.Response.Headers.AccessControlExposeHeaders = "Location, Retry-After, WWW-Authenticate";
        }
    }

    /// <summary>The answer to a preflight, or null when the request is none.</summary>
    public IResult? AnswerPreflight(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!HttpMethods.IsOptions(request.Method)
            || request.Headers.Origin.Count == 0
            || request.Headers.AccessControlRequestMethod.Count == 0)
        {
            return null;
        }

        return IsAllowed(request.Headers.Origin.ToString())
            ? ApiResult.Empty(StatusCodes.Status204NoContent, new Dictionary<string, string>
            {
                [HeaderNames.AccessControlAllowMethods] = "GET, POST, DELETE",
                [HeaderNames.AccessControlAllowHeaders] = "Authorization, Content-Type, Accept-Language",
                [HeaderNames.AccessControlMaxAge] = "600",
            })
            : ApiResult.Empty(StatusCodes.Status204NoContent);
    }

    private bool IsAllowed(string origin) =>
        origin.Length > 0 && options.Value.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
}
