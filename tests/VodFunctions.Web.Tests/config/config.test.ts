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
