import { signal, type Signal } from '../dom/signal';
import type { Engine } from './engine';

/** Seconds that are there before the film runs, so that the longer segments after the first do not stall it. */
const START_AHEAD_S = 4;
/** But no longer than that after its first picture. */
const START_WAIT_MS = 2000;

/** What the viewer does with a film, and how it is doing. */
export interface Playback {
  /** Whether the viewer wants it to run; it may still be waiting for data. */
  readonly wanted: Signal<boolean>;
  /** Whether it should run and does not. */
  readonly waiting: Signal<boolean>;
  /** Whether the viewer has ever asked for it. */
  readonly begun: Signal<boolean>;
  readonly ended: Signal<boolean>;
  play(): void;
  pause(): void;
  toggle(): void;
  seekTo(seconds: number): void;
  seekBy(seconds: number): void;
  dispose(): void;
}

/** Runs a film in a video element. */
export function createPlayback(video: HTMLVideoElement, engine: Engine): Playback {
  const wanted = signal(false),
    waiting = signal(false),
    begun = signal(false),
    ended = signal(false);
  const controller = new AbortController();
  let holding = false;
  let holdTimer = 0;

  function play(): void {
    const first = !begun.value;
    engine.begin();
    begun.set(true);
    wanted.set(true);
    if (first && engine.buffersFirst && !isAhead(video)) hold();
    else run();
  }

  /** Lets the first picture stand until enough is there. */
  function hold(): void {
    holding = true;
    // Safari lets a film run only within the press: once it has, it may again.
    void video.play().catch(() => {});
    video.pause();
    look();
  }

  function look(): void {
    ended.set(video.ended);
    if (holding) {
      if (isAhead(video)) release();
      else if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && holdTimer === 0) {
        holdTimer = window.setTimeout(release, START_WAIT_MS);
      }
    }
    waiting.set(wanted.value && !video.ended && (holding || video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA));
  }

  function release(): void {
    clearTimeout(holdTimer);
    if (!holding) return;
    holding = false;
    if (wanted.value) run();
  }

  function run(): void {
    video.play().catch((error: unknown) => {
      // The browser wants the viewer to press once more.
      if ((error as DOMException).name === 'NotAllowedError') wanted.set(false);
    });
    look();
  }

  function pause(): void {
    wanted.set(false);
    holding = false;
    clearTimeout(holdTimer);
    holdTimer = 0;
    video.pause();
    look();
  }

  const on = (types: string, listener: () => void) => {
    for (const type of types.split(' ')) video.addEventListener(type, listener, { signal: controller.signal });
  };
  on('loadeddata progress canplay waiting playing seeking seeked timeupdate emptied', look);
  // The element was given its data anew after a fault.
  on('canplay', () => {
    if (wanted.value && !holding && video.paused && !video.ended) run();
  });
  // From elsewhere: a media key, the small window, the system.
  on('pause', () => {
    if (!holding && video.paused && video.readyState > 0) wanted.set(false);
    look();
  });
  on('play', () => {
    if (!holding && !video.paused) wanted.set(true);
    look();
  });
  on('ended', () => {
    wanted.set(false);
    look();
  });

  const seekTo = (seconds: number) => {
    if (!Number.isFinite(video.duration)) return;
    video.currentTime = Math.min(Math.max(0, seconds), video.duration);
    look();
  };

  return {
    wanted,
    waiting,
    begun,
    ended,
    play,
    pause,
    seekTo,
    toggle: () => (wanted.value ? pause() : play()),
    seekBy: seconds => seekTo(video.currentTime + seconds),
    dispose() {
      clearTimeout(holdTimer);
      controller.abort();
      video.pause();
    },
  };
}

/** Seconds that are loaded from where the film is. */
export function secondsAhead(video: HTMLVideoElement): number {
  for (let i = 0; i < video.buffered.length; i++) {
    if (video.buffered.start(i) <= video.currentTime + 0.1 && video.buffered.end(i) > video.currentTime) {
      return video.buffered.end(i) - video.currentTime;
    }
  }
  return 0;
}

function isAhead(video: HTMLVideoElement): boolean {
  const ahead = secondsAhead(video);
  return ahead > 0 && ahead >= Math.min(START_AHEAD_S, video.duration - video.currentTime) - 0.2;
}
