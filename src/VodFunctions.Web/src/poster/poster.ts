import { mediaUrl } from '../api/media-url';
import type { Playback } from '../api/types';
import type { Config } from '../config/config';
import { h } from '../dom/element';
import { icon } from '../dom/icon';
import { formatClock } from '../i18n/format';
import { messages } from '../i18n/messages';
import './poster.css';

const text = messages({
  en: { length: (clock: string) => `Length ${clock}` },
  ko: { length: (clock: string) => `길이 ${clock}` },
});

const FILM = 'M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zm1 2v10h14V7zm5 2 5 3-5 3z';

/**
 * A video's picture with its length, or a placeholder. Takes its room at once, whether and whenever the picture comes,
 * so that nothing moves. The picture is for the eye: what holds it has a text.
 */
export function poster(config: Config, playback: Playback | null): HTMLElement {
  if (!playback) return h('div', { class: 'poster' }, icon(FILM));
  const shape = playback.renditions[0];
  const clock = formatClock(playback.durationSeconds);
  const image = h('img', {
    src: playback.poster === null ? undefined : mediaUrl(config.api, playback.poster),
    alt: '',
    loading: 'lazy',
    decoding: 'async',
    width: shape?.width ?? 16,
    height: shape?.height ?? 9,
    onerror: () => image.remove(),
  });
  return h(
    'div',
    { class: 'poster' },
    icon(FILM),
    playback.poster === null ? null : image,
    h(
      'span',
      { class: 'poster-length' },
      h('span', { 'aria-hidden': 'true' }, clock),
      h('span', { class: 'visually-hidden' }, text().length(clock)),
    ),
  );
}
