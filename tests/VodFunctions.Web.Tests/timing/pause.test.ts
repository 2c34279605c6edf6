import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPause } from 'web/timing/pause';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function over(wait: Promise<void>): Promise<boolean> {
  let is = false;
  void wait.then(() => {
    is = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  return is;
}

test('a wait ends when its time has come', async () => {
  const wait = createPause().wait(1000);
  expect(await over(wait)).toBe(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await over(wait)).toBe(true);
});

test('it can be cut short, also one that is for ever', async () => {
  const pause = createPause();
  const wait = pause.wait(Infinity);
  expect(await over(wait)).toBe(false);
  pause.wake();
  expect(await over(wait)).toBe(true);
});

test('a wake that comes between two waits is not lost, and counts once', async () => {
  const pause = createPause();
  pause.wake();
  expect(await over(pause.wait(1000))).toBe(true);
  expect(await over(pause.wait(1000))).toBe(false);
});

test('once ended nothing waits', async () => {
  const pause = createPause();
  const wait = pause.wait(1000);
  pause.end();
  expect(await over(wait)).toBe(true);
  expect(await over(pause.wait(1000))).toBe(true);
  expect(pause.ended).toBe(true);
});
