import type { FeedItem } from '../api/types';
import type { App, Page } from '../app/app';
import { h } from '../dom/element';
import { keyed } from '../dom/keyed';
import { keepTimes } from '../dom/time-ago';
import { createFoot } from '../paging/foot';
import { createPager } from '../paging/pager';
import { createVisits } from '../paging/visits';
import { card, skeletonCard } from './card';
import './feed.css';
import { createFresh } from './fresh';
import { PAGE_SIZE } from './page-size';
import { text } from './texts';

const visitHere = createVisits<FeedItem>();

/** What was posted, newest first. */
export function feedPage(app: App): Page {
  const t = text();
  const { pager, known, keepPlace } = visitHere(() => createPager(cursor => app.api.feeds(cursor, PAGE_SIZE), idOf));

  const list = h('ul', { class: 'feed-list', role: 'list', 'aria-label': t.list, 'data-testid': 'feed-list' });
  const cards = keyed<FeedItem>(list, idOf, item => card(app.config, item));
  const skeleton = h(
    'div',
    { class: 'feed-list', 'aria-hidden': 'true' },
    Array.from({ length: PAGE_SIZE }, skeletonCard),
  );
  const empty = h(
    'div',
    { class: 'message', 'data-testid': 'feed-empty' },
    h('h2', {}, t.empty),
    h('p', { class: 'hint' }, t.emptyHint),
    h('a', { class: 'button primary', href: '/post', 'data-testid': 'feed-empty-post' }, t.post),
  );
  const focusCard = (index: number) => list.querySelectorAll<HTMLElement>('.feed-link')[index]?.focus();
  const foot = createFoot(pager, 'feed', focusCard);
  const fresh = createFresh(app, pager, () => {
    scrollTo(0, 0);
    focusCard(0);
  });

  const unwatch = pager.listing.watch(({ items, cursor, phase }) => {
    cards.sync(items);
    list.hidden = items.length === 0;
    list.setAttribute('aria-busy', String(phase === 'loading'));
    skeleton.hidden = cursor !== undefined || phase === 'failed';
    empty.hidden = items.length > 0 || cursor !== null;
  });
  const element = h(
    'section',
    { class: 'feed' },
    h('h1', { 'data-testid': 'feed-heading' }, t.title),
    fresh.element,
    list,
    skeleton,
    empty,
    foot.element,
  );
  const stopTimes = keepTimes(element);

  const stopPlace = keepPlace();
  if (!known) void pager.more();

  return {
    title: '',
    element,
    dispose() {
      stopPlace();
      stopTimes();
      fresh.dispose();
      foot.dispose();
      unwatch();
      cards.dispose();
    },
  };
}

function idOf(item: FeedItem): string {
  return item.feedId;
}
