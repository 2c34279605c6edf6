import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NetworkError } from 'web/api/errors';
import { attempt } from 'web/uploads/attempts';
import { StorageError } from 'web/uploads/faults';

const line = { up: vi.fn(), down: vi.fn() };
let number = 0,
  expired: string[] = [];
const ticket = {
  videoId: 'v',
  url: async () => `url-${number}`,
  expire: (url: string) => {
    expired.push(url);
    number++;
  },
};
const failing =
  (...errors: unknown[]) =>
  async (url: string) => {
    if (errors.length > 0) throw errors.shift();
    return url;
  };

beforeEach(() => {
  number = 0;
  expired = [];
  vi.clearAllMocks();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function outcome(
  action: (url: string) => Promise<string>,
  signal = new AbortController().signal,
): Promise<unknown> {
  const settled = attempt(ticket, line, signal, action).catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return settled;
}

test('without a network it is tried for as long as it takes', async () => {
  expect(await outcome(failing(...Array.from({ length: 100 }, () => new NetworkError('x'))))).toBe('url-0');
  // One that breaks by itself says nothing of the network.
  expect(line.down).toHaveBeenCalledTimes(99);
  expect(line.up).toHaveBeenCalledTimes(1);
});

test('an expired URL is renewed', async () => {
  expect(await outcome(failing(new StorageError(403, ''), new StorageError(403, '')))).toBe('url-2');
  expect(expired).toEqual(['url-0', 'url-1']);
});

test('a URL that is refused however new it is, is a failure', async () => {
  const refusal = new StorageError(403, '');
  expect(await outcome(failing(...Array.from({ length: 50 }, () => refusal)))).toBe(refusal);
  expect(expired.length).toBeLessThan(5);
});

test('a busy storage is tried a few times', async () => {
  const busy = new StorageError(503, '');
  expect(await outcome(failing(busy, busy, busy))).toBe('url-0');
  expect(await outcome(failing(...Array.from({ length: 50 }, () => busy)))).toBe(busy);
});

test('a refusal is final', async () => {
  const refusal = new StorageError(400, '');
  expect(await outcome(failing(refusal))).toBe(refusal);
});

test('an abort ends a wait', async () => {
  const stop = new AbortController();
  const settled = attempt(
    ticket,
    line,
    stop.signal,
    failing(...Array.from({ length: 9 }, () => new NetworkError('x'))),
  ).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(600);
  stop.abort(new Error('paused'));
  await vi.runAllTimersAsync();
  expect(await settled).toEqual(new Error('paused'));
  expect(line.down).toHaveBeenCalledTimes(1);
});
