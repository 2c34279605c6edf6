import { h } from '../dom/element';
import { formatClock } from '../i18n/format';
import type { Playback } from './playback';
import { createPreview } from './preview';
import { playerTexts } from './texts';

const ARROW_S = 5;

/** The place in the film: a slider with a picture of what is there. */
export function createSeekBar(
  video: HTMLVideoElement,
  playback: Playback,
  film: { storyboard: string | null; durationSeconds: number },
): { element: HTMLElement; draw(): void } {
  const t = playerTexts();
  const preview = createPreview(film.storyboard);
  const input = h('input', {
    type: 'range',
    class: 'player-seek',
    min: 0,
    max: film.durationSeconds,
    step: 0.1,
    value: 0,
    'aria-label': t.seek,
    'data-testid': 'player-seek',
    oninput,
    onchange,
    onkeydown,
    onblur: () => preview.hide(),
    onfocus: () => {
      draw();
      if (input.matches(':focus-visible')) showHere();
    },
  });
  const element = h(
    'div',
    { class: 'player-seek-bar', onpointermove, onpointerleave: () => preview.hide() },
    preview.element,
    input,
  );
  let dragging = false;

  const duration = () => (Number.isFinite(video.duration) ? video.duration : film.durationSeconds);
  const showHere = () => preview.show(Number(input.value), Number(input.value) / duration());

  function draw(): void {
    const all = duration();
    if (Number(input.max) !== all) input.max = String(all);
    if (!dragging) input.value = String(video.currentTime);
    const share = (seconds: number) => `${all > 0 ? Math.min(100, (seconds / all) * 100) : 0}%`;
    input.style.setProperty('--played', share(Number(input.value)));
    input.style.setProperty('--loaded', share(loadedUntil(video)));
    // A screen reader that stands on it would read every second aloud.
    if (document.activeElement !== input) say();
  }

  function say(): void {
    const text = t.of(formatClock(Number(input.value)), formatClock(duration()));
    if (input.getAttribute('aria-valuetext') !== text) input.setAttribute('aria-valuetext', text);
  }

  function oninput(): void {
    dragging = true;
    draw();
    say();
    showHere();
  }

  function onchange(): void {
    dragging = false;
    playback.seekTo(Number(input.value));
    draw();
  }

  function onkeydown(event: KeyboardEvent): void {
    const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (direction === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    playback.seekBy(direction * ARROW_S);
    draw();
    say();
    showHere();
  }

  function onpointermove(event: PointerEvent): void {
    const { left, width } = input.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
    preview.show(share * duration(), share);
  }

  return { element, draw };
}

function loadedUntil(video: HTMLVideoElement): number {
  const { buffered, currentTime } = video;
  for (let i = 0; i < buffered.length; i++) {
    if (buffered.start(i) <= currentTime + 0.1 && buffered.end(i) >= currentTime) return buffered.end(i);
  }
  return 0;
}
