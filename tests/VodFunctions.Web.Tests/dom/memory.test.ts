import { afterEach, expect, test, vi } from 'vitest';
import { memory } from 'web/dom/memory';
import { recallBandwidth, rememberBandwidth } from 'web/player/bandwidth';
import { draftsOf } from 'web/post/draft';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('what is kept is read again until it is removed', () => {
  memory.write('vod.test', 'x');
  expect(memory.read('vod.test')).toBe('x');
  memory.remove('vod.test');
  expect(memory.read('vod.test')).toBeNull();
});

test('a browser that keeps nothing forgets, and nothing breaks', () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const refuse = () => {
    throw new DOMException('The site may keep nothing.', 'SecurityError');
  };
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
  rememberBandwidth(1_000_000);
  expect(recallBandwidth()).toBe(0);
  const drafts = draftsOf('anna');
  drafts.write(null, 'text');
  drafts.remove(null);
  expect(drafts.read(null)).toBeNull();
});
