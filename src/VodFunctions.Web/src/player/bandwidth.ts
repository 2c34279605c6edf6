import { memory } from '../dom/memory';

/** What this browser measured when it last played something. */
export interface Measured {
  readonly bitsPerSecond: number;
  /** When, in milliseconds since 1970. */
  readonly at: number;
}

const KEY = 'vod.bandwidth';
const FRESH_MS = 30 * 60_000;
const STALE_MS = 7 * 24 * 60 * 60_000;

/**
 * How much of an earlier measurement the first segment may ask for, in bits per second. People move between networks:
 * a guess that is too high costs seconds of waiting, one that is too low two seconds of a smaller picture.
 */
export function trusted(measured: Measured | null, now: number): number {
  if (measured === null) return 0;
  const age = now - measured.at;
  if (age < 0 || age > STALE_MS) return 0;
  return measured.bitsPerSecond * (age <= FRESH_MS ? 0.6 : 0.25);
}

/** Reads what was stored; null where it is no measurement. */
export function parseMeasured(text: string | null): Measured | null {
  try {
    const { bitsPerSecond, at } = JSON.parse(text ?? 'null') as Measured;
    return Number.isFinite(bitsPerSecond) && bitsPerSecond > 0 && Number.isFinite(at) ? { bitsPerSecond, at } : null;
  } catch {
    return null;
  }
}

/** The bandwidth that a new player may start with. */
export function recallBandwidth(now = Date.now()): number {
  return trusted(parseMeasured(memory.read(KEY)), now);
}

/** Keeps a measurement for the next player. */
export function rememberBandwidth(bitsPerSecond: number, now = Date.now()): void {
  memory.write(KEY, JSON.stringify({ bitsPerSecond: Math.round(bitsPerSecond), at: now } satisfies Measured));
}
