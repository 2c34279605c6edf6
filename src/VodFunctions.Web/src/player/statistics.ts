import { h } from '../dom/element';
import { language } from '../i18n/language';
import type { Engine } from './engine';
import { shortSide } from './levels';
import { secondsAhead } from './playback';
import { playerTexts } from './texts';

const EVERY_MS = 500;

/** The small statistics view. */
export function createStatistics(
  video: HTMLVideoElement,
  engine: Engine,
): { element: HTMLElement; toggle(): boolean; dispose(): void } {
  const t = playerTexts();
  const value = (name: string) => h('dd', { 'data-testid': `player-statistics-${name}` });
  const level = value('level'),
    buffer = value('buffer'),
    bandwidth = value('bandwidth'),
    dropped = value('dropped');
  const element = h(
    'dl',
    { class: 'player-statistics', hidden: true, 'data-testid': 'player-statistics' },
    h('dt', {}, t.level),
    level,
    h('dt', {}, t.buffer),
    buffer,
    h('dt', {}, t.bandwidth),
    bandwidth,
    h('dt', {}, t.dropped),
    dropped,
  );
  let timer = 0;

  function draw(): void {
    const shown = engine.shown.value,
      measured = engine.bandwidth(),
      frames = video.getVideoPlaybackQuality();
    level.textContent = shown
      ? `${shortSide(shown)}p, ${t.megabits(number(shown.bitrate / 1e6))}`
      : video.videoWidth > 0
        ? `${Math.min(video.videoWidth, video.videoHeight)}p`
        : t.unknown;
    buffer.textContent = t.seconds(number(secondsAhead(video)));
    bandwidth.textContent = measured === null ? t.unknown : t.megabits(number(measured / 1e6));
    dropped.textContent = t.droppedOf(number(frames.droppedVideoFrames), number(frames.totalVideoFrames));
  }

  return {
    element,
    toggle() {
      element.hidden = !element.hidden;
      clearInterval(timer);
      if (!element.hidden) {
        draw();
        timer = window.setInterval(draw, EVERY_MS);
      }
      return !element.hidden;
    },
    dispose: () => clearInterval(timer),
  };
}

function number(value: number): string {
  return new Intl.NumberFormat(language.value, { maximumFractionDigits: value < 100 ? 1 : 0 }).format(value);
}
