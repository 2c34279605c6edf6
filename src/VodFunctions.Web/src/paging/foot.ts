import { fill, h } from '../dom/element';
import { messages } from '../i18n/messages';
import { sentenceOf } from '../problems/sentences';
import './foot.css';
import type { Listing, Pager } from './pager';

const text = messages({
  en: { more: 'Show more', loading: 'Loading…', again: 'Try again', count: (n: string) => `Videos shown: ${n}` },
  ko: { more: '더 보기', loading: '불러오는 중…', again: '다시 시도', count: (n: string) => `동영상 ${n}개 표시됨` },
});

/** What stands below a list: reads on when it comes near the screen, and has a button for those who do not scroll. */
export interface Foot {
  readonly element: HTMLElement;
  dispose(): void;
}

/**
 * @param name Begins the test ids: `feed` gives `feed-more`, `feed-error` and `feed-retry`.
 * @param onMore Called after the button has brought more, with the place of the first new item, to put the focus there.
 */
export function createFoot<T>(pager: Pager<T>, name: string, onMore: (firstNew: number) => void): Foot {
  const t = text();
  const press = async () => {
    const before = pager.listing.value.items.length;
    await pager.more();
    if (pager.listing.value.items.length > before) onMore(before);
  };
  const more = h('button', { type: 'button', 'data-testid': `${name}-more`, onclick: () => void press() }, t.more);
  const error = h('div', { role: 'alert', class: 'list-error', 'data-testid': `${name}-error` });
  const status = h('p', { role: 'status', class: 'visually-hidden' });
  const element = h('div', { class: 'list-foot' }, more, error, status);

  const observer =
    'IntersectionObserver' in window
      ? new IntersectionObserver(
          entries => {
            if (entries.at(-1)!.isIntersecting && pager.listing.value.phase === 'idle') void pager.more();
          },
          { rootMargin: '800px 0px' },
        )
      : null;
  observer?.observe(element);

  let shown: Listing<T>['phase'] | null = null;
  const unwatch = pager.listing.watch(({ items, cursor, phase, error: cause }) => {
    more.hidden = cursor === null || cursor === undefined || phase === 'failed';
    more.textContent = phase === 'loading' ? t.loading : t.more;
    if (phase === 'loading') more.setAttribute('aria-disabled', 'true');
    else more.removeAttribute('aria-disabled');
    if (phase === shown) return;
    shown = phase;
    status.textContent =
      phase === 'loading' ? t.loading : phase === 'idle' && items.length > 0 ? t.count(String(items.length)) : '';
    if (phase === 'failed') {
      fill(
        error,
        h('p', {}, sentenceOf(cause)),
        h('button', { type: 'button', 'data-testid': `${name}-retry`, onclick: () => void press() }, t.again),
      );
    } else {
      fill(error);
    }
    // A list that is still too short to leave the screen has to be told again that it ends there.
    if (phase === 'idle' && observer) {
      observer.unobserve(element);
      observer.observe(element);
    }
  });

  const online = () => {
    if (pager.listing.value.phase === 'failed') void pager.more();
  };
  addEventListener('online', online);

  return {
    element,
    dispose() {
      unwatch();
      observer?.disconnect();
      removeEventListener('online', online);
    },
  };
}
