/** How long to wait before the next attempt of what has failed again and again, and at most. */
export interface Backoff {
  readonly firstMs: number;
  readonly mostMs: number;
}

/**
 * The wait after so many failures in a row: doubling, up to the most, and of that a random part between a half and all,
 * so that browsers which lost the same server do not come back at the same moment.
 *
 * @param failures 1 after the first.
 * @param random From 0 to 1.
 */
export function backoffMs({ firstMs, mostMs }: Backoff, failures: number, random: number): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.min(Math.max(0, failures - 1), 30));
  return Math.round(whole * (0.5 + random / 2));
}
