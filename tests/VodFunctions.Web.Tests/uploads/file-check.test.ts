import { expect, test } from 'vitest';
import { checkFile, MAX_BYTES } from 'web/uploads/file-check';

const file = { name: 'clip.mp4', type: 'video/mp4', size: 10, lastModified: 1 };

test('a video is taken, up to the last byte', () => {
  expect(checkFile(file)).toEqual({ name: 'clip.mp4', contentType: 'video/mp4', sizeBytes: 10, lastModified: 1 });
  expect(checkFile({ ...file, size: MAX_BYTES }).sizeBytes).toBe(314_572_800);
});

test.each([
  [{ size: MAX_BYTES + 1 }, 'too-large'],
  [{ size: 0 }, 'empty'],
  [{ type: 'image/png' }, 'no-video'],
])('%j is refused as %s', (change, problem) => {
  expect(() => checkFile({ ...file, ...change })).toThrow(expect.objectContaining({ problem }));
});

test.each([
  [' clip.mp4 ', 'clip.mp4'],
  ['a\u0000b\u0085c.mp4', 'abc.mp4'],
  ['\n', 'video'],
  ['동영상.mp4', '동영상.mp4'],
])('the name %j is sent as %j', (name, expected) => {
  expect(checkFile({ ...file, name }).name).toBe(expected);
});

test('a long name keeps its end, within what the API takes', () => {
  const { name } = checkFile({ ...file, name: `${'x'.repeat(400)}.mp4` });
  expect(name).toHaveLength(255);
  expect(name.endsWith('.mp4')).toBe(true);
});
