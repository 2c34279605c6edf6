// The shapes of `GET /api/openapi.json`, by the names that it gives them.

export type VideoId = string;
export type JobStatus = 'PENDING' | 'COMPLETED' | 'ERROR';
export type JobStep = 'probe' | 'transcode' | 'publish' | 'done';
export type NotificationStatus = 'PENDING' | 'SENT' | 'COMPLETED' | 'FAILED';

export type JobErrorCode =
  | 'NOT_A_VIDEO'
  | 'MALFORMED_VIDEO'
  | 'UNSUPPORTED_CODEC'
  | 'TOO_LARGE'
  | 'TOO_LONG'
  | 'TOO_SHORT'
  | 'TOO_MANY_PIXELS'
  | 'TOO_MUCH_WORK'
  | 'ENCODE_FAILED'
  | 'SOURCE_GONE'
  | 'TIMED_OUT'
  | 'INTERNAL';

export type ProblemCode =
  | 'INVALID_REQUEST'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'UPLOAD_COMPLETE'
  | 'JOB_NOT_REQUEUEABLE'
  | 'POST_EXISTS'
  | 'POST_EXPIRED'
  | 'NOTIFICATION_NOT_DUE'
  | 'UPLOAD_TOO_LARGE'
  | 'UPLOAD_TYPE_NOT_ALLOWED'
  | 'UPLOAD_QUOTA_EXCEEDED'
  | 'METHOD_NOT_ALLOWED'
  | 'REQUEST_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'INTERNAL'
  | 'SERVICE_UNAVAILABLE';

export interface JobError {
  readonly code: JobErrorCode;
  readonly message: string;
}

export interface Job {
  readonly status: JobStatus;
  readonly step: JobStep;
  /** Finished work by cost, 0 to 100. */
  readonly percent: number;
  readonly error?: JobError | null;
}

export interface Rendition {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Peak bits per second, sound included. */
  readonly bitrate: number;
}

export interface Playback {
  readonly master: string;
  /** Null where none could be made. */
  readonly poster: string | null;
  /** Null where none could be made. */
  readonly storyboard: string | null;
  readonly durationSeconds: number;
  /** Largest first. */
  readonly renditions: readonly Rendition[];
}

export interface Post {
  readonly feedId: string;
  readonly text: string;
  readonly submittedAt: string;
}

export interface Video {
  readonly videoId: VideoId;
  readonly owner: string;
  readonly createdAt: string;
  /** For its owner's eyes. */
  readonly fileName?: string | null;
  readonly post?: Post | null;
  /** Null before the upload is stored. */
  readonly job: Job | null;
  readonly notification: { readonly status: NotificationStatus } | null;
  readonly playback: Playback | null;
}

export interface FeedItem {
  readonly feedId: string;
  readonly videoId: VideoId;
  readonly owner: string;
  /** Plain text. */
  readonly text: string;
  readonly submittedAt: string;
  readonly playback: Playback;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor: string | null;
}

export interface UploadTicket {
  readonly videoId: VideoId;
  /** A secret: writes this one blob. */
  readonly uploadUrl: string;
  readonly expiresAt: string;
  readonly maxBytes: number;
  readonly blockBytes: number;
}

/** What may be uploaded now. The server checks it again. */
export interface UploadPolicy {
  readonly maxBytes: number;
  readonly contentTypes: readonly string[];
  /** With a dot. */
  readonly extensions: readonly string[];
  readonly minDurationSeconds: number;
  readonly maxDurationSeconds: number;
  readonly maxPixels: number;
  readonly perDay: number;
  readonly leftToday: number;
}

export interface RenewedTicket {
  readonly uploadUrl: string;
  readonly expiresAt: string;
}

export interface Notice {
  readonly type: 'video.completed' | 'video.failed';
  /** `{videoId}-{attempt}`: the same for every repetition. */
  readonly notificationId: string;
  readonly videoId: VideoId;
  readonly feedId?: string | null;
  /** The first line of the post's text, shortened. */
  readonly title?: string | null;
  readonly error?: JobError | null;
  readonly playback?: Playback | null;
}

export interface ProgressNotice {
  readonly type: 'video.progress';
  readonly videoId: VideoId;
  readonly step: JobStep;
  /** A rendition's name, `a128k` for the sound. */
  readonly part: string;
  /** Of that part, 0 to 100. */
  readonly percent: number;
}
