import type { FeedItem } from '../api/types';
import type { Config } from '../config/config';
import { h } from '../dom/element';
import type { Row } from '../dom/keyed';
import { timeAgo } from '../dom/time-ago';
import { poster } from '../poster/poster';
import { excerpt } from './excerpt';

/** One post of the feed, as a whole a link to its video. */
export function card(config: Config, item: FeedItem): Row<FeedItem> {
  return {
    element: h(
      'li',
      { class: 'feed-item', 'data-testid': 'feed-item', 'data-feed-id': item.feedId },
      h(
        'a',
        { class: 'card feed-link', href: `/videos/${item.videoId}`, 'data-testid': 'feed-link' },
        poster(config, item.playback),
        h(
          'div',
          { class: 'feed-words' },
          h('h2', { class: 'feed-text', dir: 'auto', 'data-testid': 'feed-text' }, excerpt(item.text)),
          h(
            'p',
            { class: 'hint feed-meta' },
            h('span', { class: 'feed-owner', dir: 'auto', 'data-testid': 'feed-owner' }, item.owner),
            ' ',
            timeAgo(item.submittedAt),
          ),
        ),
      ),
    ),
  };
}

/** Takes a card's room while the first page is on its way. */
export function skeletonCard(): HTMLElement {
  return h(
    'div',
    { class: 'card feed-link feed-skeleton' },
    h('div', { class: 'poster' }),
    h('div', { class: 'feed-words' }, h('div', { class: 'feed-text' }), h('p', { class: 'hint feed-meta' }, '\u00a0')),
  );
}
