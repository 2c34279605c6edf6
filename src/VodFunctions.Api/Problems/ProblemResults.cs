using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using VodFunctions.Api.Calls;
using VodFunctions.Api.Health;
using VodFunctions.Api.Json;
using VodFunctions.Core.Problems;

namespace VodFunctions.Api.Problems;

/// <summary>Turns a code into the answer that goes with it, always the same one.</summary>
internal sealed class ProblemResults(QuotaDay quotaDay)
{
    /// <summary>Most of what is unavailable is back within seconds; clients add jitter.</summary>
    private const int UnavailableRetrySeconds = 5;

    /// <summary>The status that goes with a code.</summary>
    public static int StatusOf(ProblemCode code) => code switch
    {
        ProblemCode.InvalidRequest => StatusCodes.Status400BadRequest,
        ProblemCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        ProblemCode.Forbidden => StatusCodes.Status403Forbidden,
        ProblemCode.NotFound => StatusCodes.Status404NotFound,
        ProblemCode.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ProblemCode.UploadComplete or ProblemCode.JobNotRequeueable or ProblemCode.PostExists or ProblemCode.PostExpired
            or ProblemCode.NotificationNotDue => StatusCodes.Status409Conflict,
        ProblemCode.UploadTooLarge or ProblemCode.RequestTooLarge => StatusCodes.Status413PayloadTooLarge,
        ProblemCode.UploadTypeNotAllowed or ProblemCode.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        ProblemCode.UploadQuotaExceeded => StatusCodes.Status429TooManyRequests,
        ProblemCode.Internal => StatusCodes.Status500InternalServerError,
        ProblemCode.ServiceUnavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "A code without a status."),
    };

    public ApiResult Of(ProblemException problem) => Of(problem.Code, problem.Message);

    public ApiResult Of(ProblemCode code, string detail) => Create(code, detail, HeadersOf(code));

    /// <summary>401; says whether a token came at all (RFC 6750 section 3.1).</summary>
    public static ApiResult Unauthenticated(bool tokenSent) => Create(
        ProblemCode.Unauthenticated,
        tokenSent ? "The token is not valid here, or no longer." : "A bearer token is needed.",
        new Dictionary<string, string>
        {
            [HeaderNames.WWWAuthenticate] = tokenSent ? "Bearer realm=\"vod\", error=\"invalid_token\"" : "Bearer realm=\"vod\"",
        });

    /// <summary>405 with what is allowed (RFC 9110 section 15.5.6).</summary>
    public static ApiResult MethodNotAllowed(IEnumerable<string> allowed) => Create(
        ProblemCode.MethodNotAllowed,
        "This path does not have that method.",
        new Dictionary<string, string> { [HeaderNames.Allow] = string.Join(", ", allowed) });

    /// <summary>503 with what is missing.</summary>
    public ApiResult NotReady(IReadOnlyList<MissingPart> missing) => Create(
        ProblemCode.ServiceUnavailable, "Not ready.", HeadersOf(ProblemCode.ServiceUnavailable), missing);

    private static ApiResult Create(
        ProblemCode code, string detail, Dictionary<string, string> headers, IReadOnlyList<MissingPart>? missing = null)
    {
        int status = StatusOf(code);
        var problem = new ProblemDocument(
            "about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail, code, missing);
        return ApiResult.Bytes(
            JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Responses), ProblemDocument.ContentType, status, headers);
    }

    private Dictionary<string, string> HeadersOf(ProblemCode code) => code switch
    {
        ProblemCode.UploadQuotaExceeded => RetryAfter(quotaDay.SecondsLeft()),
        ProblemCode.ServiceUnavailable => RetryAfter(UnavailableRetrySeconds),
        _ => [],
    };

    private static Dictionary<string, string> RetryAfter(long seconds) =>
        new() { [HeaderNames.RetryAfter] = seconds.ToString(CultureInfo.InvariantCulture) };
}
