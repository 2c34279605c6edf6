import { afterEach, expect, test, vi } from 'vitest';
import { openUploadStore } from 'web/uploads/store';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('a database that never answers holds up nothing', async () => {
  vi.useFakeTimers();
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.stubGlobal('indexedDB', { open: () => ({}) });
  const store = openUploadStore();

  const listed = store.list('somebody');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await listed).toEqual([]);

  // Asked once: what comes later does not wait at all.
  expect(await store.find('key')).toBeUndefined();
});
