import type { Config } from '../config/config';
import type { Signal } from '../dom/signal';

/** Who uses the page. */
export interface User {
  /** The `sub` of the user's tokens. */
  readonly id: string;
  /** What the page calls the user. */
  readonly name: string;
}

/**
 * Why signing in or out did not work. `unavailable`: nobody answers. `refused`: cancelled, or not allowed. `foreign`: an
 * answer to something that this tab has not asked. `ended`: it cannot be renewed. `storage`: the browser keeps nothing.
 * `signed-out-here`: only this browser knows.
 */
export type SignInProblem = 'unavailable' | 'refused' | 'foreign' | 'ended' | 'storage' | 'signed-out-here';

/** How users sign in. The community site plugs its own in: see `docs/web.md`. */
export interface SignIn {
  /** Who is signed in, or null. */
  readonly user: Signal<User | null>;
  /** What the page tells the user of, in a sentence. A sign-in that tells by itself has none. */
  readonly problem?: Signal<SignInProblem | null>;
  /** A bearer token for the API that is good for a minute at least, or null where nobody is signed in. */
  token(): Promise<string | null>;
  /** Lets the user sign in; resolves when that is done, was given up, or has left the page. */
  signIn(): Promise<void>;
  signOut(): Promise<void>;
}

/** What a sign-in module exports as its default. `signal` makes the {@link Signal} that it needs. */
export type SignInFactory = (tools: {
  readonly config: Config;
  readonly signal: typeof import('../dom/signal').signal;
}) => SignIn | Promise<SignIn>;
