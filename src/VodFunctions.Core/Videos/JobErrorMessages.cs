using System.Collections.Frozen;

namespace VodFunctions.Core.Videos;

/// <summary>One plain sentence for the uploader for each <see cref="JobErrorCode"/>, in English and Korean.</summary>
public static class JobErrorMessages
{
    private static readonly FrozenDictionary<JobErrorCode, (string English, string Korean)> s_sentences =
        new Dictionary<JobErrorCode, (string, string)>
        {
            [JobErrorCode.NotAVideo] = (
                "This file is not a video. Please choose a video file.",
                "이 파일은 동영상이 아닙니다. 동영상 파일을 선택해 주세요."),
            [JobErrorCode.MalformedVideo] = (
                "This video file is damaged or incomplete. Please export it again and upload the new file.",
                "동영상 파일이 손상되었거나 완전하지 않습니다. 다시 내보낸 파일을 올려 주세요."),
            [JobErrorCode.UnsupportedCodec] = (
                "This video's format is not supported. Please export it as MP4 (H.264) and upload it again.",
                "지원하지 않는 동영상 형식입니다. MP4(H.264)로 내보낸 뒤 다시 올려 주세요."),
            [JobErrorCode.TooLarge] = (
                "This video file is too large. Please make it smaller and upload it again.",
                "동영상 파일이 너무 큽니다. 크기를 줄여서 다시 올려 주세요."),
            [JobErrorCode.TooLong] = (
                "This video is too long. Please shorten it and upload it again.",
                "동영상이 너무 깁니다. 길이를 줄여서 다시 올려 주세요."),
            [JobErrorCode.TooShort] = (
                "This video is too short to be shown.",
                "동영상이 너무 짧아서 보여 줄 수 없습니다."),
            [JobErrorCode.TooManyPixels] = (
                "This video's picture is too large. Please export it in 4K or less and upload it again.",
                "동영상 해상도가 너무 높습니다. 4K 이하로 내보낸 뒤 다시 올려 주세요."),
            [JobErrorCode.TooMuchWork] = (
                "Converting this video would take too much computing. Please export it in 1080p with at most 60 frames per second and upload it again.",
                "이 동영상은 변환에 너무 많은 작업이 필요합니다. 1080p, 초당 60프레임 이하로 내보낸 뒤 다시 올려 주세요."),
            [JobErrorCode.EncodeFailed] = (
                "We could not convert this video. The operators can try again.",
                "동영상을 변환하지 못했습니다. 운영자가 다시 시도할 수 있습니다."),
            [JobErrorCode.SourceGone] = (
                "The uploaded file was removed or replaced while we were working on it. Please upload it again.",
                "작업하는 동안 올린 파일이 삭제되거나 바뀌었습니다. 다시 올려 주세요."),
            [JobErrorCode.TimedOut] = (
                "Converting this video took too long. The operators can try again.",
                "동영상 변환에 시간이 너무 오래 걸렸습니다. 운영자가 다시 시도할 수 있습니다."),
            [JobErrorCode.Internal] = (
                "Something went wrong on our side. The operators can try again.",
                "저희 쪽에서 문제가 생겼습니다. 운영자가 다시 시도할 수 있습니다."),
        }.ToFrozenDictionary();

    /// <summary>The sentence for a code.</summary>
    /// <param name="code">Why the job ended.</param>
    /// <param name="language">A BCP 47 tag; <c>ko</c> and its regions give Korean, everything else English.</param>
    public static string For(JobErrorCode code, string? language = null)
    {
        (string english, string korean) = s_sentences[code];
        return language is not null
            && (language.Equals("ko", StringComparison.OrdinalIgnoreCase)
                || language.StartsWith("ko-", StringComparison.OrdinalIgnoreCase))
            ? korean
            : english;
    }
}
