import { safePath } from './return-path';

/** What a tab has to remember while its user is with the issuer. None of it is a token. */
export interface Pending {
  /** Binds the answer to this tab. */
  readonly state: string;
  /** Binds the ID token to this sign-in (OpenID Connect Core 1.0 section 3.1.2.1). */
  readonly nonce: string;
  /** Of PKCE (RFC 7636): without it the code is worth nothing. */
  readonly verifier: string;
  /** Where the user was. */
  readonly returnTo: string;
  /** Whether the issuer was asked for a session that it has, without asking the user. */
  readonly silent: boolean;
}

const KEY = 'vod.sign-in';

/** Remembers it, in this tab only. False where the browser keeps nothing. */
export function keepPending(pending: Pending): boolean {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(pending));
    return true;
  } catch {
    return false;
  }
}

/** What this tab is waiting for. */
export function readPending(): Pending | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Pending | null;
    return found && { ...found, returnTo: safePath(found.returnTo) };
  } catch {
    return null;
  }
}

export function forgetPending(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}
