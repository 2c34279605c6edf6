import { h } from '../dom/element';
import { icon } from '../dom/icon';
import { messages } from '../i18n/messages';
import { askPermission, permission, refreshPermission } from './browser-notices';

const text = messages({
  en: { notify: 'Notify me when it is ready', granted: 'Your browser will notify you.' },
  ko: { notify: '준비되면 알림 받기', granted: '브라우저 알림으로 알려 드립니다.' },
});

const BELL =
  'M12 22a2 2 0 0 0 2-2h-4a2 2 0 0 0 2 2zm6-6v-5a6 6 0 0 0-4.5-5.8V4.5a1.5 1.5 0 0 0-3 0v.7A6 6 0 0 0 6 11v5l-2 2v1h16v-1z';

// One offer on a page is enough, however many jobs it shows: the first one's.
const offers = new Set<() => void>();
const drawAll = () => {
  for (const draw of offers) draw();
};

/** Offers notices of the browser where it has them and the user has not decided. Nothing where there is nothing to offer. */
export function notifyButton(): { element: HTMLElement; dispose(): void } {
  const t = text();
  const button = h(
    'button',
    {
      type: 'button',
      'data-testid': 'notify-me',
      onclick: async () => {
        button.disabled = true;
        await askPermission();
        button.disabled = false;
        if (permission.value === 'granted') said.textContent = t.granted;
      },
    },
    icon(BELL),
    t.notify,
  );
  const said = h('span', { class: 'hint', role: 'status' });
  const draw = () => {
    const [first] = offers;
    button.hidden = permission.value !== 'default' || first !== draw;
  };
  offers.add(draw);
  refreshPermission();
  const unwatch = permission.watch(draw);
  return {
    element: h('div', { class: 'notify-me' }, button, said),
    dispose() {
      unwatch();
      offers.delete(draw);
      drawAll();
    },
  };
}
