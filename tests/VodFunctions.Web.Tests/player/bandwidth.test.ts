import { expect, test } from 'vitest';
import { parseMeasured, recallBandwidth, rememberBandwidth, trusted } from 'web/player/bandwidth';

const MINUTE = 60_000,
  DAY = 24 * 60 * MINUTE,
  NOW = 1_800_000_000_000;

test('nothing measured is nothing to trust', () => {
  expect(trusted(null, NOW)).toBe(0);
});

test('what was just measured is trusted more than what is a day old, and neither whole', () => {
  const fresh = trusted({ bitsPerSecond: 10e6, at: NOW - MINUTE }, NOW);
  const old = trusted({ bitsPerSecond: 10e6, at: NOW - DAY }, NOW);
  expect(fresh).toBeLessThan(10e6);
  expect(old).toBeLessThan(fresh);
  expect(old).toBeGreaterThan(0);
});

test.each([8 * DAY, -MINUTE])('what is %d ms old is not trusted', age => {
  expect(trusted({ bitsPerSecond: 10e6, at: NOW - age }, NOW)).toBe(0);
});

test.each([
  null,
  '',
  'x',
  'null',
  '{}',
  '{"bitsPerSecond":-1,"at":1}',
  '{"bitsPerSecond":"5","at":1}',
  '{"bitsPerSecond":5}',
])('%s is no measurement', text => {
  expect(parseMeasured(text)).toBeNull();
});

test('the next player begins with what this one measured', () => {
  rememberBandwidth(8e6, NOW);
  expect(recallBandwidth(NOW + MINUTE)).toBe(trusted({ bitsPerSecond: 8e6, at: NOW }, NOW + MINUTE));
});
