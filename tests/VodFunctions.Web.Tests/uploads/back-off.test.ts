import { afterEach, expect, test, vi } from 'vitest';
import { backOffMs, rest } from 'web/uploads/back-off';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('waits grow, within bounds, and never end up at nothing', () => {
  for (let attempt = 0; attempt < 2000; attempt++) {
    expect(backOffMs(attempt, 0)).toBe(backOffMs(attempt, 1) / 2);
    expect(backOffMs(attempt + 1, 0)).toBeGreaterThanOrEqual(backOffMs(attempt, 0));
    expect(backOffMs(attempt)).toBeLessThanOrEqual(15_000);
    expect(backOffMs(attempt)).toBeGreaterThanOrEqual(250);
  }
});

test("a rest ends early where the network is back, and with the abort's reason where it is aborted", async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const events = new EventTarget();
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
  vi.stubGlobal('removeEventListener', events.removeEventListener.bind(events));
  const stop = new AbortController();
  const early = rest(10_000, stop.signal);
  events.dispatchEvent(new Event('online'));
  await early;
  const aborted = rest(10_000, stop.signal);
  stop.abort(new Error('paused'));
  await expect(aborted).rejects.toThrow('paused');
  await expect(rest(1, stop.signal)).rejects.toThrow('paused');
  expect(vi.getTimerCount()).toBe(0);
});
