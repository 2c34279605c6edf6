import { expect, test } from 'vitest';
import { INITIAL, type JobState } from 'web/progress/job-state';
import { nextAskMs } from 'web/progress/polling';

const state = (some: Partial<JobState>): JobState => ({ ...INITIAL, phase: 'transcode', ...some });

test('without pushes it asks often, with them seldom', () => {
  const alone = nextAskMs(state({}), Infinity, false, 0.5),
    pushed = nextAskMs(state({}), 500, false, 0.5);
  expect(alone).toBeLessThanOrEqual(3000);
  expect(pushed).toBeGreaterThan(alone);
  expect(nextAskMs(state({}), 60_000, false, 0.5)).toBe(alone);
});

test('it does not ask for a page that nobody looks at, nor for a job that has ended', () => {
  expect(nextAskMs(state({}), Infinity, true, 0.5)).toBe(Infinity);
  for (const phase of ['ready', 'failed', 'gone'] as const)
    expect(nextAskMs(state({ phase }), Infinity, false, 0.5)).toBe(Infinity);
});

test('it asks less and less where nobody answers, and never stops', () => {
  const waits = [1, 2, 3, 4, 100].map(failures => nextAskMs(state({ failures }), Infinity, false, 1));
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits.at(-1)).toBe(60_000);
});
