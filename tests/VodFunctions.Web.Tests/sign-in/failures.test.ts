import * as oauth from 'oauth4webapi';
import { expect, test } from 'vitest';
import { failureOf } from 'web/sign-in/oidc/openid';

const atReturn = (error: string) => new oauth.AuthorizationResponseError('', { cause: new URLSearchParams({ error }) });
const atToken = (status: number, error: string) => {
  const response = new Response(null, { status });
  return new oauth.ResponseBodyError('', { cause: { error }, response });
};

test.each([
  [atReturn('access_denied'), 'refused'],
  [atReturn('invalid_scope'), 'refused'],
  [atReturn('login_required'), 'signed-out'],
  [atReturn('consent_required'), 'signed-out'],
  [atReturn('temporarily_unavailable'), 'unavailable'],
  [atToken(400, 'invalid_grant'), 'refused'],
  [atToken(401, 'invalid_client'), 'refused'],
  [atToken(429, 'slow_down'), 'unavailable'],
  [atToken(503, 'whatever'), 'unavailable'],
  [new TypeError('Failed to fetch'), 'unavailable'],
  [new DOMException('', 'TimeoutError'), 'unavailable'],
  [new oauth.OperationProcessingError('', { code: oauth.JWT_CLAIM_COMPARISON }), 'foreign'],
  [new oauth.OperationProcessingError('', { code: oauth.RESPONSE_IS_NOT_CONFORM }), 'unavailable'],
])('%s means %s', (error, failure) => {
  expect(failureOf(error)).toBe(failure);
});
