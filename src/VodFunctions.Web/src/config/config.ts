/** What `/config.json` says: where the API is and how users sign in. Written by whoever serves the site. */
export interface Config {
  /** The API's address with its prefix, absolute or a path of this origin, without a slash at its end: `/api`. */
  readonly api: string;
  readonly signIn: SignInConfig;
}

/**
 * How users sign in: `development` asks the one-machine host for tokens; `oidc` is an issuer of OpenID Connect; `module`
 * loads the site's own sign-in, an ECMAScript module of this origin whose default export is a {@link SignInFactory}.
 */
export type SignInConfig =
  { readonly kind: 'development' } | OidcConfig | { readonly kind: 'module'; readonly url: string };

/** An issuer of OpenID Connect, and what this site is there. */
export interface OidcConfig {
  readonly kind: 'oidc';
  /** As its metadata name it (OpenID Connect Discovery 1.0 section 4.3): https, or http on a loopback address. */
  readonly issuer: string;
  readonly clientId: string;
  /** What is asked for, separated by blanks; `openid` is among it. */
  readonly scope: string;
  /** Sent as `audience`, for issuers that want to be told whom a token is for; null where the scope says it. */
  readonly audience: string | null;
}

const SCOPE = 'openid profile offline_access';

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
  const { kind, url, ...rest } = (json ?? {}) as Record<string, unknown>;
  if (kind === 'development') return { kind };
  if (kind === 'oidc') return parseOidc(rest);
  if (kind === 'module' && typeof url === 'string' && url !== '') return { kind, url };
  throw new Error('"signIn" in config.json must be of kind "development", "oidc" or "module", the last with a "url".');
}

function parseOidc({ issuer, clientId, scope = SCOPE, audience = null }: Record<string, unknown>): OidcConfig {
  if (typeof issuer !== 'string' || !isSafeIssuer(issuer)) {
    throw new Error('"signIn.issuer" in config.json must be an https URL without query and fragment.');
  }
  if (typeof clientId !== 'string' || clientId === '') {
    throw new Error('"signIn.clientId" in config.json must say what the issuer calls this site.');
  }
  if (typeof scope !== 'string' || !scope.split(' ').includes('openid')) {
    throw new Error('"signIn.scope" in config.json must hold "openid", and be separated by blanks.');
  }
  if (audience !== null && (typeof audience !== 'string' || audience === '')) {
    throw new Error('"signIn.audience" in config.json must be a text, or left out.');
  }
  return { kind: 'oidc', issuer, clientId, scope, audience };
}

function isSafeIssuer(issuer: string): boolean {
  if (!URL.canParse(issuer) || /[?#]/.test(issuer)) return false;
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
}

/** Reads `/config.json`. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', { cache: 'no-cache', signal: AbortSignal.timeout(15_000) });
  if (!response.ok) throw new Error(`config.json answered ${response.status}.`);
  return parseConfig(await response.json());
}
