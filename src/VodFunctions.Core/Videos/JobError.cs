using System.Text.Json.Serialization;
using VodFunctions.Core.Json;

namespace VodFunctions.Core.Videos;

/// <summary>Why a job ended in <c>ERROR</c>. Rejections say that the file is at fault; failures can be requeued.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<JobErrorCode>))]
public enum JobErrorCode
{
    /// <summary>Rejection: no moving picture in it (text, sound only, a still, a playlist).</summary>
    NotAVideo,

    /// <summary>Rejection: a video, but truncated or damaged beyond reading.</summary>
    MalformedVideo,

    /// <summary>Rejection: its picture's codec cannot be decoded here.</summary>
    UnsupportedCodec,

    /// <summary>Rejection: more bytes than allowed were stored.</summary>
    TooLarge,

    /// <summary>Rejection: plays longer than allowed.</summary>
    TooLong,

    /// <summary>Rejection: plays shorter than allowed.</summary>
    TooShort,

    /// <summary>Rejection: a larger picture than allowed.</summary>
    TooManyPixels,

    /// <summary>Rejection: more pixels to decode and encode in all than allowed.</summary>
    TooMuchWork,

    /// <summary>Failure: FFmpeg did not make the renditions.</summary>
    EncodeFailed,

    /// <summary>Failure: the upload vanished or was replaced while the job ran.</summary>
    SourceGone,

    /// <summary>Failure: a run took longer than its limit.</summary>
    TimedOut,

    /// <summary>Failure: anything else; the logs know more.</summary>
    Internal,
}

/// <summary>A code for programs and a detail for operators; uploaders read <see cref="JobErrorMessages"/>.</summary>
/// <param name="Code">Why.</param>
/// <param name="Detail">A short technical sentence without names of machines, paths or secrets; not for uploaders.</param>
public sealed record JobError(JobErrorCode Code, string? Detail = null)
{
    /// <summary>The longest detail that is kept, in characters.</summary>
    public const int MaxDetailLength = 500;

    /// <summary>A short technical sentence, cut to <see cref="MaxDetailLength"/>.</summary>
    public string? Detail { get; init; } = Detail is { Length: > MaxDetailLength } ? Detail[..MaxDetailLength] : Detail;

    /// <summary>Whether the file is at fault, so that another attempt would end the same.</summary>
    [JsonIgnore]
    public bool IsRejection => Code is JobErrorCode.NotAVideo or JobErrorCode.MalformedVideo
        or JobErrorCode.UnsupportedCodec or JobErrorCode.TooLarge or JobErrorCode.TooLong or JobErrorCode.TooShort
        or JobErrorCode.TooManyPixels or JobErrorCode.TooMuchWork;
}
