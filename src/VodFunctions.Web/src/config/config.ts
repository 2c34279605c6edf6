/** What `/config.json` says: where the API is and how users sign in. Written by whoever serves the site. */
export interface Config {
  /** The API's address with its prefix, absolute or a path of this origin, without a slash at its end: `/api`. */
  readonly api: string;
  readonly signIn: SignInConfig;
}

/**
 * How users sign in: `development` asks the one-machine host for tokens; `module` loads the site's own sign-in, an
 * ECMAScript module of this origin whose default export is a {@link SignInFactory}.
 */
export type SignInConfig = { readonly kind: 'development' } | { readonly kind: 'module'; readonly url: string };

/** Checks what a file says. Throws with one sentence that names the mistake. */
export function parseConfig(json: unknown): Config {
  if (typeof json !== 'object' || json === null) throw new Error('config.json must hold an object.');
  const { api, signIn } = json as { api?: unknown; signIn?: unknown };
  if (typeof api !== 'string' || !/^(https?:\/\/[^/]+|\/)/.test(api)) {
    throw new Error('"api" in config.json must be an http(s) URL or a path that begins with a slash.');
  }
  return { api: api.replace(/\/+$/, ''), signIn: parseSignIn(signIn) };
}

function parseSignIn(json: unknown): SignInConfig {
  const { kind, url } = (json ?? {}) as { kind?: unknown; url?: unknown };
  if (kind === 'development') return { kind };
  if (kind === 'module' && typeof url === 'string' && url !== '') return { kind, url };
  throw new Error('"signIn" in config.json must be {"kind":"development"} or {"kind":"module","url":"/sign-in.js"}.');
}

/** Reads `/config.json`. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', { cache: 'no-cache', signal: AbortSignal.timeout(15_000) });
  if (!response.ok) throw new Error(`config.json answered ${response.status}.`);
  return parseConfig(await response.json());
}
