import { h } from '../dom/element';
import { messages } from '../i18n/messages';

const text = messages({
  en: { copy: 'Copy link', copied: 'The link is copied.', share: 'Share', link: 'Link to this video' },
  ko: { copy: '링크 복사', copied: '링크를 복사했습니다.', share: '공유', link: '이 동영상의 링크' },
});

/** Buttons that give the page's address to others. */
export function shareButtons(title: string): HTMLElement {
  const t = text(),
    url = location.origin + location.pathname;
  const status = h('span', { role: 'status', class: 'hint', 'data-testid': 'player-share-status' });
  const link = h('input', {
    readonly: true,
    value: url,
    hidden: true,
    'aria-label': t.link,
    'data-testid': 'player-link',
  });

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(url);
      status.textContent = t.copied;
    } catch {
      // Not over plain HTTP, or not allowed: the viewer copies it.
      link.hidden = false;
      link.select();
    }
  }

  return h(
    'div',
    { class: 'watch-share' },
    'share' in navigator &&
      h(
        'button',
        {
          type: 'button',
          'data-testid': 'player-share',
          onclick: () => void navigator.share({ title, url }).catch(() => {}),
        },
        t.share,
      ),
    h('button', { type: 'button', 'data-testid': 'player-copy', onclick: () => void copy() }, t.copy),
    link,
    status,
  );
}
