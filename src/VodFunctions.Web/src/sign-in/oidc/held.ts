/** What an issuer gave. Secrets: kept in memory only, never logged, never put into a URL. */
export interface Tokens {
  readonly accessToken: string;
  /** Gets the next ones; null where the issuer gives none. */
  readonly refreshToken: string | null;
  /** How long the access token lasts, from the moment that it came. */
  readonly lifetimeMs: number;
  /** The `sub` of the ID token; null where a renewal came without one. */
  readonly subject: string | null;
  /** What the page calls the user; null where no claim says. */
  readonly name: string | null;
}

/** The clocks of a browser. The first may be set while the page runs, the second may stand still while the machine sleeps. */
export interface Clocks {
  now(): number;
  elapsed(): number;
}

export const browserClocks: Clocks = { now: () => Date.now(), elapsed: () => performance.now() };

/** A token that is asked for lasts for a minute, or for half of a short life. */
const MARGIN_MS = 60_000;

/** Tokens and how much of their life is left, measured from their arrival: a wrong clock does not matter. */
export interface Held {
  readonly tokens: Tokens;
  /** Whether the access token is good for a while. */
  isFresh(): boolean;
  /** Whether the API still takes it. */
  isGood(): boolean;
}

export function hold(tokens: Tokens, clocks: Clocks = browserClocks): Held {
  const now = clocks.now(),
    elapsed = clocks.elapsed();
  const leftMs = () => tokens.lifetimeMs - Math.max(clocks.now() - now, clocks.elapsed() - elapsed);
  return { tokens, isFresh: () => leftMs() > Math.min(MARGIN_MS, tokens.lifetimeMs / 2), isGood: () => leftMs() > 0 };
}
