import { expect, test } from 'vitest';
import { parseConfig } from 'web/config/config';

test('a configuration is read, without the slash at the end of its address', () => {
  expect(parseConfig({ api: '/api/', signIn: { kind: 'development' } })).toEqual({
    api: '/api',
    signIn: { kind: 'development' },
  });
  expect(
    parseConfig({ api: 'https://api.example/api', signIn: { kind: 'module', url: '/sign-in.js' } }).signIn,
  ).toEqual({ kind: 'module', url: '/sign-in.js' });
});

test('an issuer is read, with what is asked of it unless something else is said', () => {
  const oidc = { kind: 'oidc', issuer: 'https://login.example/realms/site', clientId: 'pages' };
  expect(parseConfig({ api: '/api', signIn: oidc }).signIn).toEqual({
    ...oidc,
    scope: 'openid profile offline_access',
    audience: null,
  });
  const whole = { ...oidc, issuer: 'http://127.0.0.1:8080', scope: 'openid api/.default', audience: 'vod' };
  expect(parseConfig({ api: '/api', signIn: whole }).signIn).toEqual(whole);
});

test.each([
  { issuer: 'http://login.example' },
  { issuer: 'http://localhost.example' },
  { issuer: 'javascript:1' },
  { issuer: 'https://login.example/?x' },
  { issuer: undefined },
  { clientId: '' },
  { clientId: 7 },
  { scope: 'profile' },
  { scope: ['openid'] },
  { audience: '' },
])('an issuer with %j is refused with a sentence', wrong => {
  const signIn = { kind: 'oidc', issuer: 'https://login.example', clientId: 'pages', ...wrong };
  expect(() => parseConfig({ api: '/api', signIn })).toThrow(/"signIn\.\w+" in config\.json/);
});

test.each([
  null,
  'x',
  {},
  { api: 'api', signIn: { kind: 'development' } },
  { api: 'javascript:1', signIn: { kind: 'development' } },
  { api: '/api' },
  { api: '/api', signIn: { kind: 'other' } },
  { api: '/api', signIn: { kind: 'module' } },
])('%j is refused with a sentence', json => {
  expect(() => parseConfig(json)).toThrow(/config\.json/);
});
