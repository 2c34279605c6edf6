import { signal, type Signal } from '../dom/signal';
import { createSpeedometer, lanesFor, secondsLeft } from './speed';

export interface Progress {
  readonly sentBytes: number;
  readonly totalBytes: number;
  /** Null where nothing moves, or too little did to say. */
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** How far an upload is, for the page and for the number of lanes. */
export interface Meter {
  readonly progress: Signal<Progress>;
  moved(storedBytes: number, flyingBytes: number): void;
  lanes(blockBytes: number): number;
  /** Nothing moves for now. */
  stop(): void;
  finish(): void;
}

// Numbers that change more often cannot be read.
const SHOW_EVERY_MS = 250;

export function createMeter(totalBytes: number, complete: boolean): Meter {
  const speed = createSpeedometer();
  const still = (sentBytes: number): Progress => ({ sentBytes, totalBytes, bytesPerSecond: null, secondsLeft: null });
  const progress = signal<Progress>(still(complete ? totalBytes : 0));
  let shownAt = -Infinity;

  return {
    progress,
    moved(storedBytes, flyingBytes) {
      const now = performance.now(),
        sentBytes = storedBytes + flyingBytes;
      speed.add(now, sentBytes);
      if (now - shownAt < SHOW_EVERY_MS && sentBytes < totalBytes) return;
      shownAt = now;
      const bytesPerSecond = speed.bytesPerSecond();
      progress.set({
        sentBytes,
        totalBytes,
        bytesPerSecond,
        secondsLeft: secondsLeft(totalBytes - sentBytes, bytesPerSecond),
      });
    },
    lanes: blockBytes => lanesFor(speed.bytesPerSecond(), blockBytes),
    stop() {
      speed.reset();
      shownAt = -Infinity;
      progress.set(still(progress.value.sentBytes));
    },
    finish: () => progress.set(still(totalBytes)),
  };
}
