using System.Text.Json.Serialization;
using VodFunctions.Core.Json;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Problems;

/// <summary>Why a call is refused: the stable <c>code</c> of a problem document (RFC 9457).</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<ProblemCode>))]
public enum ProblemCode
{
    /// <summary>400: the request is not understood.</summary>
    InvalidRequest,

    /// <summary>401: no token, or none that is valid.</summary>
    Unauthenticated,

    /// <summary>403: the role is missing.</summary>
    Forbidden,

    /// <summary>404: not there, or not the caller's.</summary>
    NotFound,

    /// <summary>409: the upload is complete, so its ticket is not renewed.</summary>
    UploadComplete,

    /// <summary>409: only a failed job can be requeued, and no rejected one.</summary>
    JobNotRequeueable,

    /// <summary>409: the video has a post with another text.</summary>
    PostExists,

    /// <summary>409: the time to submit the post is over.</summary>
    PostExpired,

    /// <summary>409: there is no notice to acknowledge yet.</summary>
    NotificationNotDue,

    /// <summary>413: more bytes than allowed.</summary>
    UploadTooLarge,

    /// <summary>415: no video type.</summary>
    UploadTypeNotAllowed,

    /// <summary>429: the owner's tickets of the day are used up.</summary>
    UploadQuotaExceeded,

    /// <summary>405: there is such a path, but not with that method.</summary>
    MethodNotAllowed,

    /// <summary>413: the request's own body is too large.</summary>
    RequestTooLarge,

    /// <summary>415: the request's own body is not JSON.</summary>
    UnsupportedMediaType,

    /// <summary>500: a fault of ours; the logs know more.</summary>
    Internal,

    /// <summary>503: something that the API needs does not answer now; worth another try.</summary>
    ServiceUnavailable,
}

/// <summary>A call is refused.</summary>
/// <param name="code">Why, for programs.</param>
/// <param name="detail">Why, one sentence for people.</param>
public sealed class ProblemException(ProblemCode code, string detail) : Exception(detail)
{
    /// <summary>Why, for programs.</summary>
    public ProblemCode Code { get; } = code;

    /// <summary>Not there, or not the caller's: both look the same.</summary>
    public static ProblemException NotFound() => new(ProblemCode.NotFound, "There is no such video.");
}

/// <summary>Who calls, as the token says.</summary>
/// <param name="User">The <c>sub</c> claim.</param>
/// <param name="IsUploader">Has the role <c>uploader</c>.</param>
/// <param name="IsAdmin">Has the role <c>admin</c>.</param>
public sealed record Caller(UserId User, bool IsUploader, bool IsAdmin)
{
    /// <summary>What the site calls that person in public; null when the token does not say.</summary>
    public string? Name { get; init; }
}
