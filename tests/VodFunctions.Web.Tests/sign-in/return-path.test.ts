import { expect, test } from 'vitest';
import { safePath } from 'web/sign-in/oidc/return-path';

test.each(['/', '/mine', '/videos/abc', '/%2F%2Fevil.example'])('%s is gone back to', path => {
  expect(safePath(path)).toBe(path);
});

test.each([
  '//evil.example/',
  '/\\evil.example/',
  '/\t/evil.example/',
  '/\n/evil.example',
  '/.//evil.example/',
  '/x/..//evil.example/',
  'https://evil.example/',
  'javascript:alert(1)',
  'mine',
  '/sign-in',
  '/x/../sign-in',
  '',
  null,
  undefined,
  7,
  {},
])('%j leads to the feed', value => {
  expect(safePath(value)).toBe('/');
});

test('a query and a fragment stay behind', () => {
  expect(safePath('/mine?code=1#x')).toBe('/mine');
});
