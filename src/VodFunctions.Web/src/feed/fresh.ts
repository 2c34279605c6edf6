import type { FeedItem, Page } from '../api/types';
import type { App } from '../app/app';
import { h } from '../dom/element';
import type { Pager } from '../paging/pager';
import { PAGE_SIZE } from './page-size';
import { text } from './texts';

/** How old the feed's beginning may be before a return to it looks for new posts. */
const FRESH_MS = 30_000;

/**
 * Looks for new posts when the reader comes back to the tab or to the page, or has been told of a video, and offers
 * them: nothing that is being read moves by itself.
 *
 * @param shown Called after the new posts were put on the page.
 */
export function createFresh(
  app: App,
  pager: Pager<FeedItem>,
  shown: () => void,
): { element: HTMLElement; dispose(): void } {
  let page: Page<FeedItem> | null = null;
  let looking = false;
  const button = h(
    'button',
    {
      type: 'button',
      class: 'primary',
      hidden: true,
      'data-testid': 'feed-new',
      onclick: () => {
        if (!page) return;
        pager.restart(page);
        page = null;
        button.hidden = true;
        shown();
      },
    },
    text().fresh,
  );
  const element = h('div', { class: 'feed-new', role: 'status' }, button);

  async function look(): Promise<void> {
    if (looking || pager.listing.value.cursor === undefined) return;
    looking = true;
    try {
      const found = await app.api.feeds(null, PAGE_SIZE);
      const known = new Set(pager.listing.value.items.map(item => item.feedId));
      if (found.items.every(item => known.has(item.feedId))) return;
      page = found;
      button.hidden = false;
    } catch {
      // Nobody asked: the next return looks again.
    } finally {
      looking = false;
    }
  }
  const onReturn = () => {
    if (document.visibilityState === 'visible' && Date.now() - pager.readAt > FRESH_MS) void look();
  };

  document.addEventListener('visibilitychange', onReturn);
  const unwatch = app.notices.onNotice(notice => {
    if (notice.type === 'video.completed') void look();
  });
  onReturn();
  return {
    element,
    dispose() {
      document.removeEventListener('visibilitychange', onReturn);
      unwatch();
    },
  };
}
