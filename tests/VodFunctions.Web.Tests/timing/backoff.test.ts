import { expect, test } from 'vitest';
import { backoffMs } from 'web/timing/backoff';

const backoff = { firstMs: 1000, mostMs: 60_000 };

test.each([
  [1, 1000],
  [2, 2000],
  [3, 4000],
  [6, 32_000],
  [7, 60_000],
  [1e9, 60_000],
  [0, 1000],
])('after %d failures it waits %d ms at most, and half of that at least', (failures, most) => {
  expect(backoffMs(backoff, failures, 1)).toBe(most);
  expect(backoffMs(backoff, failures, 0)).toBe(most / 2);
});
