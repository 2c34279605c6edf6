import { signal } from '../dom/signal';
import type { Engine } from './engine';
import type { Level } from './levels';
import type { Trouble } from './recovery';

const RETRY_MS = 3000;

/** The browser's own HLS, which chooses qualities by itself. */
export function nativeEngine(video: HTMLVideoElement, master: string): Engine {
  const trouble = signal<Trouble | null>(null);
  const controller = new AbortController();
  let timer = 0;

  function load(): void {
    clearTimeout(timer);
    const at = video.currentTime,
      playing = !video.paused;
    video.src = master;
    if (at > 0)
      video.addEventListener(
        'loadedmetadata',
        () => {
          video.currentTime = at;
        },
        { once: true },
      );
    if (playing) void video.play().catch(() => {});
  }

  video.addEventListener(
    'error',
    () => {
      const network = video.error?.code === MediaError.MEDIA_ERR_NETWORK;
      trouble.set(network ? 'network' : 'media');
      if (network) timer = window.setTimeout(load, RETRY_MS);
    },
    { signal: controller.signal },
  );
  video.addEventListener('loadeddata', () => trouble.set(null), { signal: controller.signal });
  addEventListener(
    'online',
    () => {
      if (trouble.value === 'network') load();
    },
    { signal: controller.signal },
  );
  video.preload = 'metadata';
  load();

  return {
    levels: signal<readonly Level[]>([]),
    shown: signal<Level | null>(null),
    trouble,
    buffersFirst: false,
    choose() {},
    begin() {},
    retry() {
      trouble.set(null);
      load();
    },
    bandwidth: () => null,
    dispose() {
      clearTimeout(timer);
      controller.abort();
      video.removeAttribute('src');
      video.load();
    },
  };
}
