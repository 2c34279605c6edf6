/** Measures how fast bytes go. */
export interface Speedometer {
  /** Tells how many bytes have gone by then, in all. Fewer than before (a block was lost) starts the measure anew. */
  add(atMs: number, bytes: number): void;
  /** Over the last seconds; null while nothing can be said. */
  bytesPerSecond(): number | null;
  reset(): void;
}

const WINDOW_MS = 12_000;
// A first guess from less would jump.
const LEAST_MS = 800;

export function createSpeedometer(): Speedometer {
  let samples: { readonly atMs: number; readonly bytes: number }[] = [];
  return {
    add(atMs, bytes) {
      if (bytes < (samples.at(-1)?.bytes ?? 0)) samples = [];
      samples.push({ atMs, bytes });
      // One from before the window stays, so that what goes slowly is measured over longer.
      while (samples.length > 2 && atMs - samples[1]!.atMs >= WINDOW_MS) samples.shift();
    },
    bytesPerSecond() {
      const first = samples[0],
        last = samples.at(-1);
      if (!first || !last || last.atMs - first.atMs < LEAST_MS) return null;
      return ((last.bytes - first.bytes) / (last.atMs - first.atMs)) * 1000;
    },
    reset() {
      samples = [];
    },
  };
}

/** How long the rest takes at that speed, or null where nobody knows. */
export function secondsLeft(restBytes: number, bytesPerSecond: number | null): number | null {
  if (restBytes <= 0) return 0;
  return bytesPerSecond !== null && bytesPerSecond > 0 ? restBytes / bytesPerSecond : null;
}

const MOST_LANES = 4;
const LANE_SECONDS = 8;

/**
 * How many blocks to send at once: as many as go through in a few seconds, so that a fast line is filled and a cut of a
 * slow one costs little.
 */
export function lanesFor(bytesPerSecond: number | null, blockBytes: number): number {
  if (bytesPerSecond === null) return 2;
  return Math.min(MOST_LANES, Math.max(1, Math.floor((bytesPerSecond * LANE_SECONDS) / blockBytes)));
}
