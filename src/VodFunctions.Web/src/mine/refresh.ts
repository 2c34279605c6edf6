import type { Video } from '../api/types';
import type { App } from '../app/app';
import type { Pager } from '../paging/pager';
import { isUnsettled } from './stage-of';

/** A job that runs is followed by its row: this is for uploads that become one, and for what happens elsewhere. */
const WATCH_MS = 5000;

/**
 * Keeps the beginning of the list true: reads it again while something in it is under way, when the tab is looked at
 * again, and when a notice has come. Videos that were uploaded or deleted elsewhere come and go.
 *
 * @returns Reads it again now.
 */
export function keepCurrent(app: App, pager: Pager<Video>, ended: AbortSignal): () => void {
  let reading = false;

  async function read(): Promise<void> {
    const { cursor, phase } = pager.listing.value;
    if (reading || cursor === undefined || phase === 'loading') return;
    reading = true;
    try {
      const page = await app.api.myVideos(null, { signal: ended });
      // A page that was read meanwhile goes on from what was there before.
      if (!ended.aborted && pager.listing.value.phase !== 'loading') pager.renew(page);
    } catch {
      // What is shown stays; the next time may do.
    } finally {
      reading = false;
    }
  }

  const timer = setInterval(() => {
    if (document.visibilityState === 'visible' && pager.listing.value.items.some(isUnsettled)) void read();
  }, WATCH_MS);
  const onReturn = () => {
    if (document.visibilityState === 'visible') void read();
  };
  document.addEventListener('visibilitychange', onReturn);
  const unwatch = app.notices.onNotice(() => void read());
  ended.addEventListener('abort', () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onReturn);
    unwatch();
  });
  return () => void read();
}
