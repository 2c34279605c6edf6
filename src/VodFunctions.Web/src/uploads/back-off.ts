const FIRST_MS = 500;
const MOST_MS = 15_000;

/**
 * How long to wait before trying again: doubling, and a random half of it, so that many clients do not come at once.
 *
 * @param attempt How often it has failed before, from 0.
 * @param random From 0 to 1.
 */
export function backOffMs(attempt: number, random: number = Math.random()): number {
  return Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 10)) * (0.5 + random / 2);
}

/** Waits; sooner where the browser gets a network. Throws the signal's reason where it is aborted. */
export function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    }
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
