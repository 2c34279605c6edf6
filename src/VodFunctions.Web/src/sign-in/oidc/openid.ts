import * as oauth from 'oauth4webapi';
import type { OidcConfig } from '../../config/config';
import { language } from '../../i18n/language';
import { expiresAt, issuedAt } from '../jwt';
import type { Tokens } from './held';
import type { Pending } from './pending';

/** An issuer, as its metadata describe it (OpenID Connect Discovery 1.0). What it refuses or does not answer is thrown. */
export interface Issuer {
  /** What to remember, and where to send the browser: a code with PKCE, its answer in the fragment, which no server sees. */
  begin(options: { returnTo: string; silent: boolean }): Promise<{ pending: Pending; url: string }>;
  /** Takes the answer and gets the tokens. */
  redeem(answer: URLSearchParams, pending: Pending): Promise<Tokens>;
  renew(refreshToken: string): Promise<Tokens>;
  /** Makes a refresh token worthless (RFC 7009), where the issuer can. */
  revoke(refreshToken: string): Promise<void>;
  /** Where its session ends (OpenID Connect RP-Initiated Logout 1.0). Null where it has no such page. */
  endSession(state: string): string | null;
}

/** So much may a browser's clock be wrong, a wrong time zone included. What an ID token is for, the nonce binds to this sign-in. */
const CLOCK_TOLERANCE_SECONDS = 86_400;
const ANSWER_MS = 15_000;
const UNKNOWN_LIFETIME_MS = 300_000;

/**
 * Reads an issuer's metadata.
 * @param redirectUri Where the issuer sends the browser back to.
 * @param limitMs How long it may take to answer.
 */
export async function openIssuer(config: OidcConfig, redirectUri: string, limitMs: number): Promise<Issuer> {
  const address = new URL(config.issuer);
  const client: oauth.Client = { client_id: config.clientId, [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS };
  const options = (ms = ANSWER_MS) => ({
    signal: AbortSignal.timeout(ms),
    // On a loopback address only, which the configuration was checked for.
    [oauth.allowInsecureRequests]: address.protocol === 'http:',
  });
  const server = await oauth.processDiscoveryResponse(address, await oauth.discoveryRequest(address, options(limitMs)));

  function tokensOf(answer: oauth.TokenEndpointResponse): Tokens {
    const claims = oauth.getValidatedIdTokenClaims(answer);
    return {
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token ?? null,
      lifetimeMs: answer.expires_in === undefined ? lifetimeOf(answer.access_token) : answer.expires_in * 1000,
      subject: claims?.sub ?? null,
      name: nameOf(claims ?? {}),
    };
  }

  return {
    async begin({ returnTo, silent }) {
      const pending: Pending = {
        state: oauth.generateRandomState(),
        nonce: oauth.generateRandomNonce(),
        verifier: oauth.generateRandomCodeVerifier(),
        returnTo,
        silent,
      };
      const url = new URL(endpoint(server.authorization_endpoint, 'authorization_endpoint'));
      const parameters: Record<string, string> = {
        client_id: config.clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        // Left out, the issuer answers in the query.
        ...(server.response_modes_supported?.includes('fragment') !== false && { response_mode: 'fragment' }),
        scope: config.scope,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
        ui_locales: language.value,
        ...(config.audience !== null && { audience: config.audience }),
        ...(silent && { prompt: 'none' }),
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return { pending, url: url.href };
    },
    async redeem(answer, { state, nonce, verifier }) {
      const code = oauth.validateAuthResponse(server, client, answer, state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        oauth.None(),
        code,
        redirectUri,
        verifier,
        options(),
      );
      return tokensOf(
        await oauth.processAuthorizationCodeResponse(server, client, response, {
          expectedNonce: nonce,
          requireIdToken: true,
        }),
      );
    },
    async renew(refreshToken) {
      const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, options());
      return tokensOf(await oauth.processRefreshTokenResponse(server, client, response));
    },
    async revoke(refreshToken) {
      if (server.revocation_endpoint === undefined) return;
      await oauth.processRevocationResponse(
        await oauth.revocationRequest(server, client, oauth.None(), refreshToken, options()),
      );
    },
    endSession(state) {
      if (server.end_session_endpoint === undefined) return null;
      const url = new URL(endpoint(server.end_session_endpoint, 'end_session_endpoint'));
      // No id_token_hint: a token has no business in a URL.
      url.searchParams.set('client_id', config.clientId);
      url.searchParams.set('post_logout_redirect_uri', redirectUri);
      url.searchParams.set('state', state);
      return url.href;
    },
  };

  /** The browser goes there: nothing but the web, and encrypted where the issuer is. */
  function endpoint(value: string | undefined, name: string): string {
    const { protocol } = new URL(value ?? '');
    if (protocol !== 'https:' && protocol !== address.protocol) throw new Error(`The issuer's ${name} is not https.`);
    return value!;
  }
}

/** Why an issuer did not give what was asked for. */
export type Failure = 'unavailable' | 'refused' | 'foreign' | 'signed-out';

const NEEDS_USER = ['login_required', 'interaction_required', 'consent_required', 'account_selection_required'];
const LATER = ['temporarily_unavailable', 'server_error', 'slow_down'];

/** What a thrown error means. Its text and causes may hold codes and tokens: they go nowhere. */
export function failureOf(error: unknown): Failure {
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) {
    if (NEEDS_USER.includes(error.error)) return 'signed-out';
    const busy = error instanceof oauth.ResponseBodyError && (error.status === 429 || error.status >= 500);
    return busy || LATER.includes(error.error) ? 'unavailable' : 'refused';
  }
  const mismatches: readonly unknown[] = [
    oauth.JWT_CLAIM_COMPARISON,
    oauth.JWT_TIMESTAMP_CHECK,
    oauth.INVALID_RESPONSE,
  ];
  return error instanceof oauth.OperationProcessingError && mismatches.includes(error.code) ? 'foreign' : 'unavailable';
}

function nameOf(claims: Record<string, unknown>): string | null {
  const found = ['name', 'preferred_username', 'email'].map(claim => claims[claim]);
  return found.find((value): value is string => typeof value === 'string' && value !== '') ?? null;
}

/** RFC 6749 section 5.1 lets an issuer leave the lifetime out; then the token may say, by the issuer's own clock. */
function lifetimeOf(token: string): number {
  const { exp, iat } = { exp: expiresAt(token), iat: issuedAt(token) };
  return exp > iat && iat > 0 ? exp - iat : UNKNOWN_LIFETIME_MS;
}
