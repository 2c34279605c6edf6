import { expect, test } from 'vitest';
import { arrive, isStale, mayShow } from 'web/notices/inbox-rules';

const notice = { notificationId: 'v-1', videoId: 'v' };
const DAY_MS = 24 * 60 * 60 * 1000;

test('a notice is shown the first time it comes', () => {
  const { show, record } = arrive(undefined, 'alice', notice, 5);
  expect(show).toBe(true);
  expect(record).toEqual({ user: 'alice', ...notice, shownAt: 5, acknowledged: false });
});

test('it is not shown again, however late it comes again', () => {
  const { record } = arrive(undefined, 'alice', notice, 5);
  const again = arrive({ ...record, acknowledged: true }, 'alice', notice, 1000 * DAY_MS);
  expect(again.show).toBe(false);
  expect(again.record.shownAt).toBe(5);
});

test('that it comes again says that it is not acknowledged', () => {
  const { record } = arrive(undefined, 'alice', notice, 5);
  expect(arrive({ ...record, acknowledged: true }, 'alice', notice, 6).record.acknowledged).toBe(false);
});

test('what is not acknowledged is never forgotten, the rest after a long while', () => {
  const { record } = arrive(undefined, 'alice', notice, 0);
  expect(isStale(record, 1000 * DAY_MS)).toBe(false);
  expect(isStale({ ...record, acknowledged: true }, 30 * DAY_MS)).toBe(false);
  expect(isStale({ ...record, acknowledged: true }, 61 * DAY_MS)).toBe(true);
});

test.each([
  [false, 'default', true],
  [false, 'denied', true],
  [true, 'default', false],
  [true, 'denied', false],
  [true, 'unsupported', false],
  [true, 'granted', true],
])('hidden: %s, permission: %s: shown: %s', (hidden, permission, shown) => {
  expect(mayShow(hidden, permission)).toBe(shown);
});
