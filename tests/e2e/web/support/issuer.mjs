import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const audience = 'vod';
const resource = 'urn:vod';
export const clientId = 'pages';

/**
 * A real issuer of OpenID Connect on a loopback address. Whoever gives a name is that user: an uploader, but for `viewer`.
 * It answers from the start, as the host asks it for its keys, and knows the site once `serve` has said where that is.
 */
export async function startIssuer() {
  const issuer = new Issuer();
  await issuer.start();
  return issuer;
}

class Issuer {
  #server;
  #handle;
  #provider;
  #jwks = { keys: [{ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] };

  /** How long the access tokens of a user last, where it is not an hour. */
  tokenSeconds = {};
  #grants = [];

  async start() {
    this.#server = createServer((request, response) => this.#handle(request, response)).listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
    this.serve('http://localhost');
  }

  /** Settings of a host that believes its tokens. */
  get settings() {
    return { 'Vod:Auth:Authority': this.url, 'Vod:Auth:Audience': audience, 'Vod:Local:ClientId': clientId };
  }

  serve(site) {
    const address = `${site}/sign-in`;
    const provider = new Provider(this.url, {
      clients: [{
        client_id: clientId, token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'], redirect_uris: [address], post_logout_redirect_uris: [address],
      }],
      jwks: this.#jwks,
      cookies: { keys: [randomUUID()] },
      claims: { openid: ['sub'], profile: ['name'] },
      conformIdTokenClaims: false,
      clientBasedCORS: (_, origin) => origin === site,
      extraParams: ['audience'],
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: `${id} of the site` }) }),
      // Nobody is asked for consent, so none is given for `offline_access`.
      issueRefreshToken: () => true,
      expiresWithSession: () => false,
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session.accountId });
        grant.addOIDCScope('openid profile');
        await grant.save();
        return grant;
      },
      extraTokenClaims: (_, { accountId }) => ({ roles: accountId === 'viewer' ? [] : ['uploader'] }),
      features: {
        devInteractions: { enabled: false },
        revocation: { enabled: true },
        rpInitiatedLogout: {
          logoutSource: (context, form) => {
            context.body = page(`${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`);
          },
        },
        resourceIndicators: {
          enabled: true,
          // Only who names an audience gets a token for it.
          defaultResource: ({ oidc }, _, oneOf) => oneOf?.[0] ?? (oidc.params.audience === audience ? resource : undefined),
          useGrantedResource: () => true,
          getResourceServerInfo: ({ oidc }) => ({
            scope: '', audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } },
            accessTokenTTL: this.tokenSeconds[oidc.account?.accountId] ?? 3600,
          }),
        },
      },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      ttl: { IdToken: 300, Interaction: 600, Session: 3600, Grant: 3600, RefreshToken: 3600 },
    });
    this.#provider = provider;
    provider.on('grant.success', ({ oidc }) => this.#grants.push({
      type: oidc.params.grant_type, user: oidc.account?.accountId, id: oidc.entities.AccessToken?.grantId,
    }));
    const answer = provider.callback();
    this.#handle = (request, response) => {
      if (request.url.startsWith('/interaction/')) void interact(provider, request, response);
      else answer(request, response);
    };
  }

  /** The types of the grants that it has given a user, in order. */
  grants(user) { return this.#grants.filter(each => each.user === user).map(({ type }) => type); }

  /** Takes back what it has granted a user: access tokens last for as long as they do, and none is renewed. */
  async forget(user) {
    for (const { id } of this.#grants.filter(each => each.user === user)) await this.#provider.RefreshToken.revokeByGrantId(id);
  }

  async stop() {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}

async function interact(provider, request, response) {
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html');
    return response.end(page('<form method="post"><input name="user" aria-label="User"><button>Sign in</button><button name="no">Cancel</button></form>'));
  }
  let body = '';
  for await (const chunk of request) body += chunk;
  const form = new URLSearchParams(body);
  const result = form.has('no') ? { error: 'access_denied' } : { login: { accountId: form.get('user') } };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const page = content => `<!doctype html><html lang="en"><title>The issuer</title><link rel="icon" href="data:,"><main>${content}</main></html>`;

/** Gives a name to the issuer, at its page. */
export async function signInAs(page, user) {
  await page.getByLabel('User').fill(user);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
