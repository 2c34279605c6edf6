import type { Notice } from '../api/types';
import { h } from '../dom/element';
import { icon } from '../dom/icon';
import { language } from '../i18n/language';
import { text, wordsOf } from './toast-texts';
import './toasts.css';

/** The notices that stand in a corner of the page until their user closes them. */
export interface Toasts {
  readonly element: HTMLElement;
  show(notice: Notice): void;
  clear(): void;
}

const DONE = 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.6 14.2-3.8-3.8 1.4-1.4 2.4 2.4 5.6-5.6 1.4 1.4z';
const FAILED = 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 15h-2v-2h2zm0-4h-2V7h2z';
const CLOSE = 'M6.4 5 5 6.4l5.6 5.6L5 17.6 6.4 19l5.6-5.6 5.6 5.6 1.4-1.4-5.6-5.6L19 6.4 17.6 5 12 10.6z';

export function createToasts(): Toasts {
  // Both are there from the start: a screen reader speaks what is added to a region that it knows.
  const good = h('div', { class: 'toast-region', role: 'status' });
  const bad = h('div', { class: 'toast-region', role: 'alert' });
  const element = h('section', { class: 'toasts', 'data-testid': 'toasts' }, good, bad);
  const shown = new Map<string, { notice: Notice; toast: HTMLElement }>();

  function close(notificationId: string): void {
    const entry = shown.get(notificationId);
    if (!entry) return;
    const hadFocus = entry.toast.contains(document.activeElement);
    shown.delete(notificationId);
    entry.toast.remove();
    // The keyboard goes on at the next toast, or in the page.
    if (hadFocus) (element.querySelector<HTMLElement>('.toast-close') ?? document.querySelector('main'))?.focus();
  }

  language.watch(() => {
    element.setAttribute('aria-label', text().region);
    for (const entry of shown.values()) {
      const toast = createToast(entry.notice, close);
      entry.toast.replaceWith(toast);
      entry.toast = toast;
    }
  });

  return {
    element,
    show(notice) {
      if (shown.has(notice.notificationId)) return;
      const toast = createToast(notice, close);
      shown.set(notice.notificationId, { notice, toast });
      (notice.type === 'video.completed' ? good : bad).append(toast);
    },
    clear() {
      for (const { toast } of shown.values()) toast.remove();
      shown.clear();
    },
  };
}

function createToast(notice: Notice, close: (notificationId: string) => void): HTMLElement {
  const t = text(),
    words = wordsOf(notice),
    isGood = notice.type === 'video.completed';
  const end = () => close(notice.notificationId);
  return h(
    'div',
    {
      class: isGood ? 'toast' : 'toast failed',
      'data-testid': 'toast',
      'data-notice': notice.notificationId,
      onkeydown: (event: KeyboardEvent) => {
        if (event.key === 'Escape') end();
      },
    },
    icon(isGood ? DONE : FAILED),
    h(
      'div',
      {},
      h('p', { class: 'toast-title' }, words.title),
      words.post === null
        ? null
        : h('p', { class: 'toast-post', 'data-testid': 'toast-post', dir: 'auto' }, words.post),
      words.why === null ? null : h('p', { 'data-testid': 'toast-why' }, words.why),
      h('a', { href: words.link.href, 'data-testid': 'toast-link', onclick: end }, words.link.words),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'quiet toast-close',
        'aria-label': t.dismiss,
        'data-testid': 'toast-close',
        onclick: end,
      },
      icon(CLOSE),
    ),
  );
}
