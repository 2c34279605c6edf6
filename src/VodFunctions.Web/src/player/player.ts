import type { Playback as Film } from '../api/types';
import { h } from '../dom/element';
import { createControls, percent } from './controls';
import { createEngine } from './engine';
import { watchIdle } from './idle';
import { commandOf, focusOf, type Command } from './keys';
import { showKeysHelp } from './keys-help';
import { connectMediaSession } from './media-session';
import { createOverlay } from './overlay';
import { createPlayback } from './playback';
import { showPoster } from './poster';
import { toggleFullscreen } from './screen';
import { createSettings } from './settings';
import { formatSpeed, nextSpeed } from './speed';
import { createStatistics } from './statistics';
import { playerTexts } from './texts';
import { changed, keepVolume, toggleMute } from './volume';
import './player.css';

/** A film with its controls. */
export interface Player {
  readonly element: HTMLElement;
  dispose(): void;
}

/** Builds the player of one film. It loads the film's beginning at once, unless the viewer saves data. */
export function createPlayer(film: Film, about: { title: string; artist: string }): Player {
  const t = playerTexts();
  const eager = !(navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  const video = h('video', {
    class: 'player-video',
    playsinline: true,
    tabindex: '-1',
    'aria-label': about.title,
    'data-testid': 'player-video',
  });
  const element = h('section', { class: 'player', 'aria-label': t.player, 'data-testid': 'player' }, video);
  const largest = film.renditions[0];
  if (largest) element.style.setProperty('--ratio', `${largest.width} / ${largest.height}`);

  const engine = createEngine(video, new URL(film.master, document.baseURI).href, eager);
  if (engine === null) {
    element.append(
      h(
        'div',
        { class: 'player-trouble', role: 'alert', 'data-testid': 'player-trouble' },
        h('p', {}, t.troubles.unsupported),
      ),
    );
    return { element, dispose() {} };
  }

  showPoster(video, film.poster, eager && engine.buffersFirst);
  keepVolume(video);
  const playback = createPlayback(video, engine);
  const overlay = createOverlay(playback, engine, () => controls.focus());
  const statistics = createStatistics(video, engine);
  const settings = createSettings(video, engine, { statistics: statistics.toggle, help: () => run({ do: 'help' }) });
  const controls = createControls(element, video, playback, film, settings);
  element.append(statistics.element, ...overlay.elements, controls.element);

  // A finger brings the bar back first; a mouse has brought it by moving.
  let barWasHidden = false;
  video.addEventListener(
    'pointerdown',
    () => {
      barWasHidden = element.hasAttribute('data-idle');
    },
    { capture: true },
  );
  video.addEventListener('click', event => {
    if ((event as PointerEvent).pointerType !== 'touch' || !barWasHidden) playback.toggle();
  });

  function run(command: Command): void {
    switch (command.do) {
      case 'toggle':
        return playback.toggle();
      case 'seek-by':
        return playback.seekBy(command.seconds);
      case 'seek-to':
        return playback.seekTo(video.duration * command.share);
      case 'mute':
        toggleMute(video);
        return overlay.say(video.muted ? t.muted : t.volumeNow(percent(video.volume)));
      case 'volume-by':
        video.volume = changed(video.muted ? 0 : video.volume, command.share);
        video.muted = false;
        return overlay.say(t.volumeNow(percent(video.volume)));
      case 'faster':
      case 'slower':
        video.playbackRate = nextSpeed(video.playbackRate, command.do === 'faster' ? 1 : -1);
        return overlay.say(t.speedNow(formatSpeed(video.playbackRate)));
      case 'fullscreen':
        return void toggleFullscreen(element, video);
      case 'statistics':
        return void statistics.toggle();
      case 'help':
        return showKeysHelp(element);
    }
  }

  function onkeydown(event: KeyboardEvent): void {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const command = commandOf(event, focusOf(event.target instanceof Element ? event.target : null));
    if (!command || (event.repeat && !['seek-by', 'volume-by'].includes(command.do))) return;
    event.preventDefault();
    run(command);
  }

  document.addEventListener('keydown', onkeydown);
  const ends = [
    () => document.removeEventListener('keydown', onkeydown),
    connectMediaSession(video, playback, {
      ...about,
      poster: film.poster === null ? null : new URL(film.poster, document.baseURI).href,
    }),
    watchIdle(element, video, () => settings.isOpen),
    controls.dispose,
    settings.dispose,
    statistics.dispose,
    overlay.dispose,
    playback.dispose,
    engine.dispose,
  ];
  return {
    element,
    dispose() {
      for (const end of ends) end();
    },
  };
}
