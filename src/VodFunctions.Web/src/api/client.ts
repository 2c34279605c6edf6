import type { SignIn } from '../sign-in/sign-in';
import { call, type Call } from './call';
import type { FeedItem, Notice, Page, RenewedTicket, UploadPolicy, UploadTicket, Video, VideoId } from './types';

/** The HTTP API, one function a call. Each throws `ApiError` where it is refused and `NetworkError` where nobody answers. */
export type Api = ReturnType<typeof createApi>;

type Options = { readonly signal?: AbortSignal | undefined };

/**
 * @param base The API's address with its prefix: `/api`.
 * @param signIn Gives the tokens.
 */
export function createApi(base: string, signIn: SignIn) {
  const send = <T>(request: Call) => call<T>(base, signIn, request);
  const get = <T>(path: string, options: Options, anonymous = false) =>
    send<T>({ method: 'GET', path, repeatable: true, anonymous, ...options });

  return {
    /** A ticket counts against the day's number, so it is never asked for twice. */
    createUpload: (file: { fileName: string; contentType: string; sizeBytes: number }, options: Options = {}) =>
      send<UploadTicket>({ method: 'POST', path: 'uploads', body: file, repeatable: false, ...options }),

    uploadPolicy: (options: Options = {}) => get<UploadPolicy>('uploads/policy', options),

    renewUpload: (videoId: VideoId, options: Options = {}) =>
      send<RenewedTicket>({ method: 'POST', path: `uploads/${videoId}/renew`, repeatable: true, ...options }),

    video: (videoId: VideoId, options: Options = {}) => get<Video>(`videos/${videoId}`, options, true),

    myVideos: (cursor: string | null, options: Options = {}) =>
      get<Page<Video>>(`videos?${query({ mine: 'true', cursor })}`, options),

    deleteVideo: (videoId: VideoId, options: Options = {}) =>
      send<null>({ method: 'DELETE', path: `videos/${videoId}`, repeatable: true, ...options }),

    /** "Submit" was pressed. The same again gives the same post. */
    submitPost: (post: { text: string; videoId: VideoId }, options: Options = {}) =>
      send<{ feedId: string }>({ method: 'POST', path: 'feeds', body: post, repeatable: true, ...options }),

    feeds: (cursor: string | null, limit: number, options: Options = {}) =>
      get<Page<FeedItem>>(`feeds?${query({ cursor, limit: String(limit) })}`, options, true),

    /** A Web PubSub client URL, for connecting now. */
    connect: (options: Options = {}) =>
      send<{ url: string }>({ method: 'POST', path: 'notifications/connect', repeatable: true, ...options }),

    notifications: (cursor: string | null, options: Options = {}) =>
      get<Page<Notice>>(`notifications?${query({ cursor })}`, options),

    acknowledge: (notice: Pick<Notice, 'videoId' | 'notificationId'>, options: Options = {}) =>
      send<null>({
        method: 'POST',
        path: `notifications/${notice.videoId}/ack`,
        body: { notificationId: notice.notificationId },
        repeatable: true,
        ...options,
      }),
  };
}

function query(values: Record<string, string | null>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null);
  return new URLSearchParams(given).toString();
}
