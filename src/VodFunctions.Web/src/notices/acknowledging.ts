import type { Api } from '../api/client';
import { ApiError } from '../api/errors';
import type { VideoId } from '../api/types';
import { backoffMs } from '../timing/backoff';
import { createPause, type Pause } from '../timing/pause';
import type { Inbox } from './inbox';

/** Tells the API what was shown, until it has answered. */
export interface Acknowledging {
  /** Begins with one notice; does nothing where that is under way. */
  add(notice: { notificationId: string; videoId: VideoId }): void;
  /** Tries again now what waits. */
  wake(): void;
  stop(): void;
}

export function createAcknowledging(api: Pick<Api, 'acknowledge'>, inbox: Inbox, user: string): Acknowledging {
  const underWay = new Map<string, Pause>();
  const stopped = new AbortController();

  async function insist(notice: { notificationId: string; videoId: VideoId }, pause: Pause): Promise<void> {
    for (let failures = 1; !pause.ended; failures++) {
      try {
        await api.acknowledge(notice, { signal: stopped.signal });
        break;
      } catch (error) {
        if (isLastWord(error)) break;
        await pause.wait(backoffMs({ firstMs: 2000, mostMs: 5 * 60_000 }, failures, Math.random()));
      }
    }
    if (!pause.ended) await inbox.acknowledged(user, notice.notificationId);
  }

  return {
    add(notice) {
      const { notificationId } = notice;
      if (underWay.has(notificationId) || stopped.signal.aborted) return;
      const pause = createPause();
      underWay.set(notificationId, pause);
      insist(notice, pause)
        .catch((error: unknown) => console.warn('acknowledge', error))
        .finally(() => underWay.delete(notificationId));
    },
    wake() {
      for (const pause of underWay.values()) pause.wake();
    },
    stop() {
      stopped.abort();
      for (const pause of underWay.values()) pause.end();
    },
  };
}

/**
 * Whether asking again would be answered the same: the video was deleted, or its job is tried again and has another notice.
 */
export function isLastWord(error: unknown): boolean {
  return error instanceof ApiError && error.status < 500 && ![401, 403, 408, 429].includes(error.status);
}
