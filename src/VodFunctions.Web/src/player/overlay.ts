import { h } from '../dom/element';
import { icon } from '../dom/icon';
import type { Engine } from './engine';
import { ICONS } from './icons';
import type { Playback } from './playback';
import { playerTexts } from './texts';

const PATIENCE_MS = 400;
const SAYING_MS = 1500;

/** What stands over the picture: the large button, that it is loading, what went wrong, what a key has done. */
export interface Overlay {
  readonly elements: HTMLElement[];
  /** Shows a few words for a moment. */
  say(text: string): void;
  dispose(): void;
}

/** @param afterStart Takes the focus of the large button, which goes when the film has begun. */
export function createOverlay(playback: Playback, engine: Engine, afterStart: () => void): Overlay {
  const t = playerTexts();
  const start = h(
    'button',
    {
      type: 'button',
      class: 'player-start',
      'aria-label': t.play,
      'data-testid': 'player-start',
      onclick: () => playback.play(),
    },
    icon(ICONS.play),
  );
  const spinner = h(
    'div',
    { class: 'player-spinner', hidden: true, 'data-testid': 'player-loading' },
    h('span', { class: 'player-ring', 'aria-hidden': 'true' }),
    h('span', {}, t.loading),
  );
  const sentence = h('p', {});
  const trouble = h(
    'div',
    { class: 'player-trouble', role: 'alert', hidden: true, 'data-testid': 'player-trouble' },
    sentence,
    h(
      'button',
      { type: 'button', class: 'primary', 'data-testid': 'player-retry', onclick: () => engine.retry() },
      t.retry,
    ),
  );
  const said = h('div', { class: 'player-said', role: 'status', 'data-testid': 'player-status' });
  let patience = 0,
    saying = 0;

  function draw(): void {
    const begun = playback.begun.value,
      waiting = playback.waiting.value,
      why = engine.trouble.value;
    // What is loaded plays on. Only then it is over, unless the network is back.
    const stuck = why !== null && (waiting || !begun || why !== 'network');
    const hadFocus = document.activeElement === start;
    start.hidden = begun || stuck;
    if (begun && hadFocus) afterStart();
    trouble.hidden = !stuck;
    const text = stuck ? t.troubles[why] : '';
    if (sentence.textContent !== text) sentence.textContent = text;
    clearTimeout(patience);
    if (waiting && !stuck)
      patience = window.setTimeout(() => {
        spinner.hidden = false;
      }, PATIENCE_MS);
    else spinner.hidden = true;
  }

  const unwatch = [playback.begun.watch(draw), playback.waiting.watch(draw), engine.trouble.watch(draw)];
  return {
    elements: [start, spinner, trouble, said],
    say(text) {
      said.textContent = text;
      clearTimeout(saying);
      saying = window.setTimeout(() => {
        said.textContent = '';
      }, SAYING_MS);
    },
    dispose() {
      clearTimeout(patience);
      clearTimeout(saying);
      for (const stop of unwatch) stop();
    },
  };
}
