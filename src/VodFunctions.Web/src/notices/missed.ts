import type { Api } from '../api/client';
import type { Notice, Video } from '../api/types';

/** Every notice of the user that is not acknowledged yet, newest first. */
export async function readMissed(api: Pick<Api, 'notifications'>, signal: AbortSignal): Promise<Notice[]> {
  const notices: Notice[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Api['notifications']>> = await api.notifications(cursor, { signal });
    notices.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null);
  return notices;
}

/** Whether a notice of that video is to come of itself: it is posted, and nobody has acknowledged or given up its notice. */
export function isAwaited(video: Video): boolean {
  const status = video.notification?.status ?? 'PENDING';
  return video.post != null && (status === 'PENDING' || status === 'SENT');
}

/** Whether one is to come of any of the user's newest videos. */
export async function awaitsNotice(api: Pick<Api, 'myVideos'>, signal: AbortSignal): Promise<boolean> {
  return (await api.myVideos(null, { signal })).items.some(isAwaited);
}
