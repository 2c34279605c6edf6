import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError, NetworkError } from 'web/api/errors';
import { createAcknowledging, isLastWord } from 'web/notices/acknowledging';
import type { Inbox } from 'web/notices/inbox';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const notice = { notificationId: 'v-1', videoId: 'v' };

function scene(...outcomes: (Error | null)[]) {
  const confirmed: string[] = [];
  const inbox = {
    acknowledged: async (_: string, id: string) => {
      confirmed.push(id);
    },
  } as Inbox;
  const acknowledge = vi.fn(async () => {
    const outcome = outcomes.shift() ?? null;
    if (outcome) throw outcome;
    return null;
  });
  return { confirmed, acknowledge, acknowledging: createAcknowledging({ acknowledge }, inbox, 'alice') };
}

test('an acknowledgement is repeated until it is answered', async () => {
  const { confirmed, acknowledge, acknowledging } = scene(
    new NetworkError('x'),
    new ApiError(503, 'SERVICE_UNAVAILABLE', null),
    new ApiError(401, 'UNAUTHENTICATED', null),
  );
  acknowledging.add(notice);
  await vi.runAllTimersAsync();
  expect(acknowledge).toHaveBeenCalledTimes(4);
  expect(confirmed).toEqual(['v-1']);
});

test('it is under way once, and may be under way again later', async () => {
  const { acknowledge, acknowledging } = scene();
  acknowledging.add(notice);
  acknowledging.add(notice);
  await vi.runAllTimersAsync();
  expect(acknowledge).toHaveBeenCalledTimes(1);
  acknowledging.add(notice);
  await vi.runAllTimersAsync();
  expect(acknowledge).toHaveBeenCalledTimes(2);
});

test('what waits is tried at once when the network is back', async () => {
  const { confirmed, acknowledging } = scene(new NetworkError('x'));
  acknowledging.add(notice);
  await vi.advanceTimersByTimeAsync(0);
  expect(confirmed).toEqual([]);
  acknowledging.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(confirmed).toEqual(['v-1']);
});

test('a user who has left confirms nothing', async () => {
  const { confirmed, acknowledge, acknowledging } = scene(new NetworkError('x'));
  acknowledging.add(notice);
  await vi.advanceTimersByTimeAsync(0);
  acknowledging.stop();
  acknowledging.add(notice);
  await vi.runAllTimersAsync();
  expect(acknowledge).toHaveBeenCalledTimes(1);
  expect(confirmed).toEqual([]);
});

test.each([
  [404, true],
  [409, true],
  [400, true],
  [401, false],
  [408, false],
  [429, false],
  [500, false],
  [503, false],
])('the answer %d is the last word: %s', (status, is) => {
  expect(isLastWord(new ApiError(status, 'INTERNAL', null))).toBe(is);
});

test('no answer is no word', () => expect(isLastWord(new NetworkError('x'))).toBe(false));
