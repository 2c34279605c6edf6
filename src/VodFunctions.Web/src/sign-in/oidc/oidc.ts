import type { OidcConfig } from '../../config/config';
import { memory } from '../../dom/memory';
import { signal } from '../../dom/signal';
import type { SignIn, SignInProblem, User } from '../sign-in';
import { hold, type Held, type Tokens } from './held';
import type { Issuer } from './openid';
import { forgetPending, keepPending, readPending, type Pending } from './pending';
import { RETURN_PATH, safePath } from './return-path';

/** Says that somebody has signed in with this browser: a page that is loaded then asks the issuer. Not who. */
const KNOWN = 'vod.signed-in';
/** A page does not wait longer for an issuer before it shows itself. */
const START_MS = 4_000;
const ANSWER_MS = 15_000;
/** A renewal that failed, while its token is still good, is not tried again at each call. */
const AGAIN_MS = 10_000;

/**
 * Signs in at an issuer of OpenID Connect. Tokens are in this page's memory only: a page that is loaded anew goes by way
 * of the issuer, which gives it new ones without asking where its session lasts.
 */
export async function oidcSignIn(config: OidcConfig): Promise<SignIn> {
  const user = signal<User | null>(null);
  const problem = signal<SignInProblem | null>(null);
  const tabs = new BroadcastChannel('vod.sign-in');
  const redirectUri = new URL(RETURN_PATH, location.origin).href;
  let held: Held | null = null;
  let renewing: Promise<string | null> | null = null;
  let againAt = 0;

  // Loaded when it is needed first: who only watches needs none of it.
  const load = () => import('./openid');
  let issuer: Promise<Issuer> | null = null;
  function open(limitMs = ANSWER_MS): Promise<Issuer> {
    const opening = (issuer ??= load().then(openid => openid.openIssuer(config, redirectUri, limitMs)));
    opening.catch(() => {
      if (issuer === opening) issuer = null;
    });
    return opening;
  }

  /** Asks the issuer anew, before the browser is sent there: a page of the browser's own tells nobody what to do. */
  function reach(limitMs: number): Promise<Issuer> {
    issuer = null;
    return open(limitMs);
  }

  async function failureOf(error: unknown) {
    const failure = await load().then(
      openid => openid.failureOf(error),
      () => 'unavailable' as const,
    );
    // The kind only: texts and causes hold codes and tokens.
    console.warn('sign-in', failure, (error as { code?: unknown }).code ?? (error as Error).name);
    return failure;
  }

  function adopt(tokens: Tokens): void {
    held = hold(tokens);
    memory.write(KNOWN, '1');
    user.set({ id: tokens.subject!, name: tokens.name ?? tokens.subject! });
  }

  function drop(): Held | null {
    const dropped = held;
    held = null;
    user.set(null);
    return dropped;
  }

  async function revoke(dropped: Held | null): Promise<void> {
    const refreshToken = dropped?.tokens.refreshToken;
    if (refreshToken) await (await open()).revoke(refreshToken);
  }

  /** Leaves the page. Comes back where the browser does not go. */
  async function leaveFor(url: string, pending: Pending, replace: boolean): Promise<void> {
    if (!keepPending(pending)) return problem.set('storage');
    if (replace) location.replace(url);
    else location.assign(url);
    await new Promise(resolve => setTimeout(resolve, ANSWER_MS));
  }

  /** The browser comes back from the issuer, or somebody wants the page to believe so. */
  async function arrive(): Promise<void> {
    const answer = new URLSearchParams(location.hash.slice(1) || location.search.slice(1));
    const kept = readPending();
    const pending = kept && answer.get('state') === kept.state ? kept : null;
    // At once: a code has no business in the address bar or the history.
    history.replaceState(null, '', pending?.returnTo ?? '/');
    if (pending) forgetPending();
    if (!answer.has('code') && !answer.has('error')) return;
    if (!pending) return problem.set('foreign');
    try {
      adopt(await (await open()).redeem(answer, pending));
    } catch (error) {
      const failure = await failureOf(error);
      if (failure !== 'signed-out') problem.set(failure);
      else memory.remove(KNOWN);
    }
  }

  /** Asks the issuer whether it knows the user still, as the whole page: frames have no cookies there any more. */
  async function ask(): Promise<void> {
    // The browser has left for the issuer and never came back: an issuer that hangs must not keep anybody from watching.
    if (readPending()?.silent && !isReload()) return forgetPending();
    try {
      const { pending, url } = await (
        await open(START_MS)
      ).begin({ returnTo: safePath(location.pathname), silent: true });
      await leaveFor(url, pending, true);
    } catch (error) {
      problem.set((await failureOf(error)) === 'refused' ? 'refused' : 'unavailable');
    }
  }

  async function renew(old: Held): Promise<string | null> {
    const { refreshToken } = old.tokens;
    let next: Tokens | null = null;
    try {
      if (refreshToken) next = await (await open()).renew(refreshToken);
      else if (old.isGood()) return old.tokens.accessToken;
    } catch (error) {
      const failure = await failureOf(error);
      if (failure === 'unavailable' && held === old) {
        againAt = performance.now() + AGAIN_MS;
        if (old.isGood()) return old.tokens.accessToken;
        throw new Error('The issuer does not answer.');
      }
    }
    // Signed out meanwhile.
    if (held !== old) return null;
    if (next === null || (next.subject !== null && next.subject !== old.tokens.subject)) {
      drop();
      problem.set('ended');
      return null;
    }
    const { subject, name } = old.tokens;
    held = hold({ ...next, refreshToken: next.refreshToken ?? refreshToken, subject, name });
    return next.accessToken;
  }

  // Another tab has signed out.
  tabs.onmessage = () => void revoke(drop()).catch(() => {});
  addEventListener('pageshow', event => {
    // The browser had put the page away, where it hears nothing.
    if (event.persisted && memory.read(KNOWN) === null) drop();
  });

  if (location.pathname === RETURN_PATH) await arrive();
  else if (memory.read(KNOWN) !== null) await ask();

  return {
    user,
    problem,
    async token() {
      if (!held) return null;
      if (held.isFresh() || (held.isGood() && performance.now() < againAt)) return held.tokens.accessToken;
      return (renewing ??= renew(held).finally(() => {
        renewing = null;
      }));
    },
    async signIn() {
      problem.set(null);
      try {
        const found = await reach(ANSWER_MS);
        const { pending, url } = await found.begin({ returnTo: safePath(location.pathname), silent: false });
        await leaveFor(url, pending, false);
      } catch (error) {
        const failure = await failureOf(error);
        problem.set(failure === 'signed-out' ? 'refused' : failure);
      }
    },
    async signOut() {
      const dropped = drop();
      problem.set(null);
      memory.remove(KNOWN);
      tabs.postMessage('signed-out');
      try {
        const found = await reach(START_MS);
        // Its session ends with the next step all the same.
        await revoke(dropped).catch(failureOf);
        const state = crypto.randomUUID();
        const url = found.endSession(state);
        const pending = { state, nonce: '', verifier: '', returnTo: safePath(location.pathname), silent: false };
        if (url) await leaveFor(url, pending, false);
      } catch (error) {
        await failureOf(error);
        problem.set('signed-out-here');
      }
    },
  };
}

function isReload(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.type === 'reload';
}
