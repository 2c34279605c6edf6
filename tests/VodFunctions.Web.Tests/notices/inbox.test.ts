import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createInbox } from 'web/notices/inbox';

// A browser without a database; the one with is tests/e2e/web/notices.test.mjs.
beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
});

const notice = { notificationId: 'v-1', videoId: 'v' };

test('of many claims at the same time one is granted', async () => {
  const inbox = createInbox();
  const claims = await Promise.all(Array.from({ length: 20 }, () => inbox.claim('alice', notice)));
  expect(claims.filter(Boolean)).toHaveLength(1);
});

test('a claim that is taken back can be made again', async () => {
  const inbox = createInbox();
  await inbox.claim('alice', notice);
  await inbox.release('alice', 'v-1');
  expect(await inbox.owed('alice')).toEqual([]);
  expect(await inbox.claim('alice', notice)).toBe(true);
});

test('each user has an inbox of their own', async () => {
  const inbox = createInbox();
  expect(await inbox.claim('alice', notice)).toBe(true);
  expect(await inbox.claim('alice2', notice)).toBe(true);
  expect(await inbox.owed('alice')).toHaveLength(1);
  expect(await inbox.owed('bob')).toEqual([]);
});

test('what was shown is owed until it is acknowledged, and again when it comes again', async () => {
  const inbox = createInbox();
  await inbox.claim('alice', notice);
  expect(await inbox.owed('alice')).toMatchObject([notice]);
  await inbox.acknowledged('alice', 'v-1');
  expect(await inbox.owed('alice')).toEqual([]);
  expect(await inbox.claim('alice', notice)).toBe(false);
  expect(await inbox.owed('alice')).toMatchObject([notice]);
});

test('what nobody lists any more is forgotten in the end', async () => {
  let now = 0;
  const inbox = createInbox(() => now);
  await inbox.claim('alice', notice);
  await inbox.acknowledged('alice', 'v-1');
  now = 61 * 24 * 60 * 60 * 1000;
  await inbox.owed('alice');
  expect(await inbox.claim('alice', notice)).toBe(true);
});

test('an acknowledgement of what is not known changes nothing', async () => {
  const inbox = createInbox();
  await inbox.acknowledged('alice', 'v-1');
  expect(await inbox.claim('alice', notice)).toBe(true);
});
