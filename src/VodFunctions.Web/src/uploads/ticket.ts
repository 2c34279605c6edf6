import type { Api } from '../api/client';
import { ApiError } from '../api/errors';
import type { VideoId } from '../api/types';
import { TicketGone, UploadComplete } from './faults';

/** Keeps the upload URL of a video good. */
export interface Ticket {
  readonly videoId: VideoId;
  /** A URL that is good for a while. Throws {@link TicketGone} or {@link UploadComplete}. */
  url(): Promise<string>;
  /** That URL was refused. */
  expire(url: string): void;
}

// Of its life; what is begun in the rest still has time.
const USED = 0.6;

export function keepTicket(
  api: Api,
  videoId: VideoId,
  issued: { uploadUrl: string; expiresAt: string } | null,
): Ticket {
  let url: string | null = null;
  let renewAt = 0;
  let renewing: Promise<string> | null = null;
  if (issued) take(issued);

  function take(given: { uploadUrl: string; expiresAt: string }): string {
    const life = Date.parse(given.expiresAt) - Date.now();
    // Where this machine's clock is wrong, the storage says when the URL is too old.
    renewAt = life > 0 ? Date.now() + life * USED : Infinity;
    return (url = given.uploadUrl);
  }

  async function renew(): Promise<string> {
    try {
      return take(await api.renewUpload(videoId));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'UPLOAD_COMPLETE')
        throw new UploadComplete('Stored.', { cause: error });
      if (error instanceof ApiError && error.status === 404) throw new TicketGone('Gone.', { cause: error });
      throw error;
    }
  }

  return {
    videoId,
    url() {
      if (url !== null && Date.now() < renewAt) return Promise.resolve(url);
      return (renewing ??= renew().finally(() => {
        renewing = null;
      }));
    },
    expire(refused) {
      if (url === refused) url = null;
    },
  };
}
