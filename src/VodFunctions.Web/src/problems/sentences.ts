import { ApiError, NetworkError } from '../api/errors';
import type { JobErrorCode, ProblemCode } from '../api/types';
import { messages } from '../i18n/messages';

/** What happened and what to do, one plain sentence or two for each code of the API, for whoever uses the page. */
export const problemSentences = messages({
  en: {
    INVALID_REQUEST: 'The site did not understand that. Reload the page and try again.',
    UNAUTHENTICATED: 'Please sign in and try again.',
    FORBIDDEN: 'Your account may not do that. Ask the site for the right to upload.',
    NOT_FOUND: 'This video is not there. It may have been deleted.',
    UPLOAD_COMPLETE: 'This video has been uploaded already.',
    JOB_NOT_REQUEUEABLE: 'This video cannot be tried again. Please upload it anew.',
    POST_EXISTS: 'This video has been posted already, with another text.',
    POST_EXPIRED: 'It is too late to post this video. Please upload it again.',
    NOTIFICATION_NOT_DUE: 'There is no news of this video yet.',
    UPLOAD_TOO_LARGE: 'This file is too large. Shorten the video or export it smaller.',
    UPLOAD_TYPE_NOT_ALLOWED: 'This file is not a video. Please choose a video file.',
    UPLOAD_QUOTA_EXCEEDED: 'You have uploaded as many videos as one may in a day. Please come back tomorrow.',
    METHOD_NOT_ALLOWED: 'The site did not understand that. Reload the page and try again.',
    REQUEST_TOO_LARGE: 'That is too long. Please shorten it.',
    UNSUPPORTED_MEDIA_TYPE: 'The site did not understand that. Reload the page and try again.',
    INTERNAL: 'Something went wrong on our side. Please try again later.',
    SERVICE_UNAVAILABLE: 'The site is busy or being repaired. Please try again in a moment.',
    network: 'There is no connection to the site. Check your network and try again.',
    unknown: 'Something went wrong. Reload the page and try again.',
  },
  ko: {
    INVALID_REQUEST: '요청을 이해하지 못했습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요.',
    UNAUTHENTICATED: '로그인한 뒤 다시 시도해 주세요.',
    FORBIDDEN: '이 계정으로는 할 수 없습니다. 사이트에 업로드 권한을 요청해 주세요.',
    NOT_FOUND: '동영상이 없습니다. 삭제되었을 수 있습니다.',
    UPLOAD_COMPLETE: '이 동영상은 이미 업로드되었습니다.',
    JOB_NOT_REQUEUEABLE: '이 동영상은 다시 처리할 수 없습니다. 새로 올려 주세요.',
    POST_EXISTS: '이 동영상은 이미 다른 글과 함께 게시되었습니다.',
    POST_EXPIRED: '이 동영상을 게시할 수 있는 기간이 지났습니다. 다시 올려 주세요.',
    NOTIFICATION_NOT_DUE: '이 동영상에 대한 소식이 아직 없습니다.',
    UPLOAD_TOO_LARGE: '파일이 너무 큽니다. 동영상을 줄이거나 더 작게 내보내 주세요.',
    UPLOAD_TYPE_NOT_ALLOWED: '동영상 파일이 아닙니다. 동영상 파일을 선택해 주세요.',
    UPLOAD_QUOTA_EXCEEDED: '하루에 올릴 수 있는 동영상을 모두 올렸습니다. 내일 다시 올려 주세요.',
    METHOD_NOT_ALLOWED: '요청을 이해하지 못했습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요.',
    REQUEST_TOO_LARGE: '내용이 너무 깁니다. 줄여 주세요.',
    UNSUPPORTED_MEDIA_TYPE: '요청을 이해하지 못했습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요.',
    INTERNAL: '저희 쪽에서 문제가 생겼습니다. 나중에 다시 시도해 주세요.',
    SERVICE_UNAVAILABLE: '사이트가 바쁘거나 점검 중입니다. 잠시 뒤 다시 시도해 주세요.',
    network: '사이트에 연결할 수 없습니다. 네트워크를 확인한 뒤 다시 시도해 주세요.',
    unknown: '문제가 생겼습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요.',
  },
} satisfies Record<'en' | 'ko', Record<ProblemCode | 'network' | 'unknown', string>>);

/** Why a video failed and what to do, for each code of a job's error. */
export const jobErrorSentences = messages({
  en: {
    NOT_A_VIDEO: 'This file is not a video. Please choose a video file.',
    MALFORMED_VIDEO: 'This video file is damaged or incomplete. Please export it again and upload the new file.',
    UNSUPPORTED_CODEC: 'This video’s format is not supported. Please export it as MP4 (H.264) and upload it again.',
    TOO_LARGE: 'This video file is too large. Please make it smaller and upload it again.',
    TOO_LONG: 'This video is too long. Please shorten it and upload it again.',
    TOO_SHORT: 'This video is too short to be shown. Please upload a longer one.',
    TOO_MANY_PIXELS: 'This video’s picture is too large. Please export it in 4K or less and upload it again.',
    TOO_MUCH_WORK:
      'Converting this video would take too much computing. Please export it in 1080p with at most 60 frames per second and upload it again.',
    ENCODE_FAILED: 'We could not convert this video. The operators can try again; you need not do anything.',
    SOURCE_GONE: 'The uploaded file was removed or replaced while we were working on it. Please upload it again.',
    TIMED_OUT: 'Converting this video took too long. The operators can try again; you need not do anything.',
    INTERNAL: 'Something went wrong on our side. The operators can try again; you need not do anything.',
  },
  ko: {
    NOT_A_VIDEO: '이 파일은 동영상이 아닙니다. 동영상 파일을 선택해 주세요.',
    MALFORMED_VIDEO: '동영상 파일이 손상되었거나 완전하지 않습니다. 다시 내보낸 파일을 올려 주세요.',
    UNSUPPORTED_CODEC: '지원하지 않는 동영상 형식입니다. MP4(H.264)로 내보낸 뒤 다시 올려 주세요.',
    TOO_LARGE: '동영상 파일이 너무 큽니다. 크기를 줄여서 다시 올려 주세요.',
    TOO_LONG: '동영상이 너무 깁니다. 길이를 줄여서 다시 올려 주세요.',
    TOO_SHORT: '동영상이 너무 짧아서 보여 줄 수 없습니다. 더 긴 동영상을 올려 주세요.',
    TOO_MANY_PIXELS: '동영상 해상도가 너무 높습니다. 4K 이하로 내보낸 뒤 다시 올려 주세요.',
    TOO_MUCH_WORK:
      '이 동영상은 변환에 너무 많은 작업이 필요합니다. 1080p, 초당 60프레임 이하로 내보낸 뒤 다시 올려 주세요.',
    ENCODE_FAILED: '동영상을 변환하지 못했습니다. 운영자가 다시 시도할 수 있으니 기다려 주세요.',
    SOURCE_GONE: '작업하는 동안 올린 파일이 삭제되거나 바뀌었습니다. 다시 올려 주세요.',
    TIMED_OUT: '동영상 변환에 시간이 너무 오래 걸렸습니다. 운영자가 다시 시도할 수 있으니 기다려 주세요.',
    INTERNAL: '저희 쪽에서 문제가 생겼습니다. 운영자가 다시 시도할 수 있으니 기다려 주세요.',
  },
} satisfies Record<'en' | 'ko', Record<JobErrorCode, string>>);

/** The sentence for whatever was thrown, in the page's language. */
export function sentenceOf(error: unknown): string {
  const texts: Record<string, string> = problemSentences();
  if (error instanceof ApiError) return texts[error.code] ?? texts['unknown']!;
  return error instanceof NetworkError ? texts['network']! : texts['unknown']!;
}

/** The sentence for a job's error, in the page's language. Codes of a newer API have the sentence that it sent. */
export function jobErrorSentence(error: { readonly code: string; readonly message: string }): string {
  return (jobErrorSentences() as Record<string, string>)[error.code] ?? error.message;
}
