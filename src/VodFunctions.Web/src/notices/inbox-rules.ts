import type { VideoId } from '../api/types';

/** What a browser remembers of a notice that it has shown. */
export interface Shown {
  readonly user: string;
  readonly notificationId: string;
  readonly videoId: VideoId;
  /** Milliseconds since 1970. */
  readonly shownAt: number;
  /** Whether the API has answered that it knows. */
  readonly acknowledged: boolean;
}

export interface Arrival {
  /** Whether this page is the one to show it. */
  readonly show: boolean;
  /** What to remember. */
  readonly record: Shown;
}

/**
 * What to do with a notice that has come. The same comes again with every push, with every reading of the list and in every
 * tab; it is shown the first time only. That it comes again says that it counts as not acknowledged.
 */
export function arrive(
  known: Shown | undefined,
  user: string,
  notice: Pick<Shown, 'notificationId' | 'videoId'>,
  now: number,
): Arrival {
  if (known) return { show: false, record: { ...known, acknowledged: false } };
  const { notificationId, videoId } = notice;
  return { show: true, record: { user, notificationId, videoId, shownAt: now, acknowledged: false } };
}

const KEPT_MS = 60 * 24 * 60 * 60 * 1000;

/**
 * Whether it can be forgotten: the API does not list it any more, and no push of it is still on its way. One that is not
 * acknowledged is listed for as long as its video is there.
 */
export function isStale(record: Shown, now: number): boolean {
  return record.acknowledged && now - record.shownAt > KEPT_MS;
}

/**
 * Whether a page shows what comes now. What is shown on a page that nobody sees is lost where it is closed, so that it
 * waits, unless the browser itself can show it.
 */
export function mayShow(hidden: boolean, permission: string): boolean {
  return !hidden || permission === 'granted';
}
