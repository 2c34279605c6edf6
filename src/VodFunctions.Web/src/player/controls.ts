import { h } from '../dom/element';
import { formatClock } from '../i18n/format';
import { iconButton } from './button';
import type { Playback } from './playback';
import { canFill, toggleFullscreen, togglePictureInPicture } from './screen';
import { createSeekBar } from './seek-bar';
import { playerTexts } from './texts';
import { isSilent, toggleMute } from './volume';

/** The bar below the picture. */
export function createControls(
  player: HTMLElement,
  video: HTMLVideoElement,
  playback: Playback,
  film: { storyboard: string | null; durationSeconds: number },
  settings: { button: HTMLElement; panel: HTMLElement },
): { element: HTMLElement; focus(): void; dispose(): void } {
  const t = playerTexts();
  const seekBar = createSeekBar(video, playback, film);
  const play = iconButton('player-play', 'play', t.play, () => playback.toggle());
  const mute = iconButton('player-mute', 'sound', t.mute, () => toggleMute(video));
  const volume = h('input', {
    type: 'range',
    class: 'player-volume',
    min: 0,
    max: 1,
    step: 0.05,
    'aria-label': t.volume,
    'data-testid': 'player-volume',
    oninput: () => {
      video.volume = Number(volume.value);
      video.muted = false;
    },
  });
  const time = h('span', { class: 'player-time', 'data-testid': 'player-time' });
  const pip = iconButton('player-pip', 'pip', t.pip, () => void togglePictureInPicture(video));
  const screen = iconButton(
    'player-fullscreen',
    'fullscreen',
    t.fullscreen,
    () => void toggleFullscreen(player, video),
  );
  const element = h(
    'div',
    { class: 'player-bar', 'data-testid': 'player-bar' },
    settings.panel,
    seekBar.element,
    h(
      'div',
      { class: 'player-row' },
      play.element,
      mute.element,
      volume,
      time,
      h('span', { class: 'player-gap' }),
      settings.button,
      document.pictureInPictureEnabled && pip.element,
      canFill(video) && screen.element,
    ),
  );

  function drawTime(): void {
    const all = Number.isFinite(video.duration) ? video.duration : film.durationSeconds;
    const text = `${formatClock(video.currentTime)} / ${formatClock(all)}`;
    if (time.textContent !== text) time.textContent = text;
    seekBar.draw();
  }

  function drawVolume(): void {
    const silent = isSilent(video);
    volume.value = String(silent ? 0 : video.volume);
    volume.style.setProperty('--played', `${Number(volume.value) * 100}%`);
    volume.setAttribute('aria-valuetext', percent(Number(volume.value)));
    mute.show(silent ? 'muted' : 'sound', silent ? t.unmute : t.mute);
  }

  const controller = new AbortController();
  const on = (types: string, target: EventTarget, listener: () => void) => {
    for (const type of types.split(' ')) target.addEventListener(type, listener, { signal: controller.signal });
  };
  on('timeupdate durationchange progress seeking seeked', video, drawTime);
  on('volumechange', video, drawVolume);
  on('fullscreenchange', document, () => {
    const filled = document.fullscreenElement === player;
    screen.show(filled ? 'leaveFullscreen' : 'fullscreen', filled ? t.leaveFullscreen : t.fullscreen);
  });
  const drawPlay = () => {
    if (playback.wanted.value) play.show('pause', t.pause);
    else if (playback.ended.value) play.show('replay', t.replay);
    else play.show('play', t.play);
  };
  const unwatch = [playback.wanted.watch(drawPlay), playback.ended.watch(drawPlay)];
  drawTime();
  drawVolume();

  return {
    element,
    focus: () => play.element.focus(),
    dispose() {
      controller.abort();
      for (const stop of unwatch) stop();
    },
  };
}

/** `50 %` */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
