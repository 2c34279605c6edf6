import { signal } from '../dom/signal';
import type { Engine } from './engine';
import type { HlsPlayer } from './hls-player';
import type { Level, Quality } from './levels';
import type { Trouble } from './recovery';

/** hls.js, which is loaded here and nowhere else: it weighs more than the rest of the site. */
export function hlsEngine(video: HTMLVideoElement, master: string, eager: boolean): Engine {
  const levels = signal<readonly Level[]>([]);
  const shown = signal<Level | null>(null);
  const trouble = signal<Trouble | null>(null);
  let player: HlsPlayer | null = null;
  let state: 'new' | 'loading' | 'disposed' = 'new';
  let quality: Quality = null;
  let begun = false;

  async function load(): Promise<void> {
    if (state !== 'new') return;
    state = 'loading';
    try {
      const { startHls } = await import('./hls-player');
      if (isDisposed()) return;
      player = startHls(video, master, { levels, shown, trouble });
      player.choose(quality);
      if (begun) player.begin();
      trouble.set(null);
    } catch (error) {
      if (isDisposed()) return;
      console.warn('hls.js', error);
      state = 'new';
      trouble.set('network');
    }
  }

  const isDisposed = () => state === 'disposed';
  const online = () => {
    if (trouble.value === 'network') void load();
  };
  addEventListener('online', online);
  if (eager) void load();

  return {
    levels,
    shown,
    trouble,
    buffersFirst: true,
    choose(chosen) {
      quality = chosen;
      player?.choose(chosen);
    },
    begin() {
      begun = true;
      player?.begin();
      void load();
    },
    retry() {
      player?.retry();
      trouble.set(null);
      void load();
    },
    bandwidth: () => player?.bandwidth() ?? null,
    dispose() {
      state = 'disposed';
      removeEventListener('online', online);
      player?.dispose();
    },
  };
}
