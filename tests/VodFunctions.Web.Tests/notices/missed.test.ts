import { expect, test } from 'vitest';
import type { Notice, NotificationStatus, Post, Video } from 'web/api/types';
import { isAwaited, readMissed } from 'web/notices/missed';

const post: Post = { feedId: 'f', text: 'x', submittedAt: '2026-01-01T00:00:00Z' };
const video = (status: NotificationStatus | null, submitted: Post | null): Video => ({
  videoId: 'v',
  owner: 'alice',
  createdAt: '2026-01-01T00:00:00Z',
  post: submitted,
  playback: null,
  job: status && { status: 'PENDING', step: 'probe', percent: 0 },
  notification: status && { status },
});

test.each([
  ['PENDING', post, true],
  ['SENT', post, true],
  ['COMPLETED', post, false],
  ['FAILED', post, false],
  [null, post, true],
  ['PENDING', null, false],
  [null, null, false],
] as const)('notice %s, posted %j: awaited: %s', (status, submitted, awaited) => {
  expect(isAwaited(video(status, submitted))).toBe(awaited);
});

test('all pages of the list are read', async () => {
  const notice = (id: string): Notice => ({ type: 'video.completed', notificationId: id, videoId: id });
  const pages = new Map([
    [null, { items: [notice('3')], cursor: 'a' }],
    ['a', { items: [], cursor: 'b' }],
    ['b', { items: [notice('2'), notice('1')], cursor: null }],
  ]);
  const found = await readMissed({ notifications: async cursor => pages.get(cursor)! }, new AbortController().signal);
  expect(found.map(each => each.notificationId)).toEqual(['3', '2', '1']);
});
