import type { Config } from '../config/config';
import type { Signal } from '../dom/signal';

/** Who uses the page. */
export interface User {
  /** The `sub` of the user's tokens. */
  readonly id: string;
  /** What the page calls the user. */
  readonly name: string;
}

/** How users sign in. The community site plugs its own in: see `docs/web.md`. */
export interface SignIn {
  /** Who is signed in, or null. */
  readonly user: Signal<User | null>;
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
