import { fill, h } from '../dom/element';
import { iconButton } from './button';
import type { Engine } from './engine';
import { heightsOf, shortSide, type Quality } from './levels';
import { formatSpeed, SPEEDS } from './speed';
import { playerTexts } from './texts';

/** The button and the panel of what is set seldom: quality, speed, statistics, keys. */
export function createSettings(
  video: HTMLVideoElement,
  engine: Engine,
  actions: { statistics(): void; help(): void },
): { button: HTMLElement; panel: HTMLElement; readonly isOpen: boolean; close(): void; dispose(): void } {
  const t = playerTexts();
  let quality: Quality = null;
  const automatic = h('span', {}, t.auto);
  const qualities = h('fieldset', { class: 'player-qualities', hidden: true });
  const speed = h(
    'select',
    {
      'data-testid': 'player-speed',
      onchange: () => {
        video.playbackRate = Number(speed.value);
      },
    },
    SPEEDS.map(value => h('option', { value, selected: value === 1 }, value === 1 ? t.normal : formatSpeed(value))),
  );
  const panel = h(
    'div',
    { class: 'player-settings', id: 'player-settings', hidden: true, 'data-testid': 'player-settings-panel' },
    qualities,
    h('label', { class: 'player-speed' }, t.speed, speed),
    h(
      'button',
      { type: 'button', class: 'quiet', 'data-testid': 'player-statistics-toggle', onclick: actions.statistics },
      t.statistics,
    ),
    h('button', { type: 'button', class: 'quiet', 'data-testid': 'player-help', onclick: actions.help }, t.keys),
  );
  const { element: button } = iconButton('player-settings', 'settings', t.settings, () => open(panel.hidden !== false));
  button.setAttribute('aria-expanded', 'false');
  button.setAttribute('aria-controls', panel.id);

  function open(now: boolean): void {
    panel.hidden = !now;
    button.setAttribute('aria-expanded', String(now));
  }

  function choice(value: Quality, name: string, label: HTMLElement | string): HTMLElement {
    return h(
      'label',
      {},
      h('input', {
        type: 'radio',
        name: 'player-quality',
        value: name,
        checked: value === quality,
        'data-testid': `player-quality-${name}`,
        onchange: () => {
          quality = value;
          engine.choose(value);
          drawAutomatic();
        },
      }),
      label,
    );
  }

  function drawAutomatic(): void {
    const shown = engine.shown.value;
    automatic.textContent = quality === null && shown ? t.autoNow(`${shortSide(shown)}p`) : t.auto;
  }

  const unwatch = [
    engine.levels.watch(levels => {
      const heights = heightsOf(levels);
      qualities.hidden = heights.length < 2;
      fill(
        qualities,
        h('legend', {}, t.quality),
        choice(null, 'auto', automatic),
        heights.map(height => choice(height, String(height), `${height}p`)),
      );
    }),
    engine.shown.watch(drawAutomatic),
  ];
  video.addEventListener('ratechange', () => {
    speed.value = String(video.playbackRate);
  });
  const outside = (event: Event) => {
    if (!panel.contains(event.target as Node) && !button.contains(event.target as Node)) open(false);
  };
  document.addEventListener('pointerdown', outside);
  panel.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    open(false);
    button.focus();
  });

  return {
    button,
    panel,
    get isOpen() {
      return panel.hidden === false;
    },
    close: () => open(false),
    dispose() {
      document.removeEventListener('pointerdown', outside);
      for (const stop of unwatch) stop();
    },
  };
}
