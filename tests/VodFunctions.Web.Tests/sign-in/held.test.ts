import { expect, test } from 'vitest';
import { hold } from 'web/sign-in/oidc/held';

const tokens = { accessToken: 'a', refreshToken: null, lifetimeMs: 3_600_000, subject: 'anna', name: null };

function clocks() {
  const at = { wall: 1_000_000, steady: 50 };
  return { at, now: () => at.wall, elapsed: () => at.steady };
}

test.each([
  ['both clocks run', 1, 1],
  ['the machine slept', 1, 0],
  ['the clock was set back', -100, 1],
])('a token ends when its life is over, where %s', (_, wall, steady) => {
  const clock = clocks(),
    held = hold(tokens, clock);
  const pass = (ms: number) => {
    clock.at.wall += ms * wall;
    clock.at.steady += ms * steady;
  };
  pass(3_539_000);
  expect([held.isFresh(), held.isGood()]).toEqual([true, true]);
  pass(2_000);
  expect([held.isFresh(), held.isGood()]).toEqual([false, true]);
  pass(59_000);
  expect([held.isFresh(), held.isGood()]).toEqual([false, false]);
});

test('a token of a short life is used for half of it', () => {
  const clock = clocks(),
    held = hold({ ...tokens, lifetimeMs: 10_000 }, clock);
  expect(held.isFresh()).toBe(true);
  clock.at.steady += 5_001;
  expect([held.isFresh(), held.isGood()]).toEqual([false, true]);
});
