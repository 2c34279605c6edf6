import { ApiError, NetworkError } from '../api/errors';

/** The upload is stored: there is nothing left to send. */
export class UploadComplete extends Error {
  override readonly name = 'UploadComplete';
}

/** The ticket is gone, and with it what was sent: the upload begins anew. */
export class TicketGone extends Error {
  override readonly name = 'TicketGone';
}

/** The file was changed, moved or removed since it was chosen. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged';
}

/** The storage refused a request. */
export class StorageError extends Error {
  override readonly name = 'StorageError';

  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(`${status} ${code}`);
  }
}

/**
 * What to do about a failed request: `offline` tries for as long as it takes, `busy` a few times, `expired` with a new
 * URL, `restart` begins anew, `complete` ends well, `fatal` tells the user.
 */
export type Verdict = 'offline' | 'busy' | 'expired' | 'restart' | 'complete' | 'fatal';

export function judge(error: unknown): Verdict {
  if (error instanceof UploadComplete) return 'complete';
  if (error instanceof TicketGone) return 'restart';
  if (error instanceof NetworkError) return 'offline';
  if (error instanceof ApiError) return error.isTransient ? 'busy' : 'fatal';
  if (error instanceof StorageError) {
    if (error.status === 403) return 'expired';
    return error.status >= 500 || error.status === 408 || error.status === 429 ? 'busy' : 'fatal';
  }
  return 'fatal';
}
