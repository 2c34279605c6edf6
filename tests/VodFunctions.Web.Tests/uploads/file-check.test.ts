import { expect, test } from 'vitest';
import { checkFile, checkPolicy } from 'web/uploads/file-check';

const file = { name: 'clip.mp4', type: 'video/mp4', size: 10, lastModified: 1 };

test('a video is taken', () => {
  expect(checkFile(file)).toEqual({ name: 'clip.mp4', contentType: 'video/mp4', sizeBytes: 10, lastModified: 1 });
});

test.each([
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

const policy = {
  maxBytes: 1000,
  contentTypes: ['video/*'],
  extensions: ['.mp4'],
  minDurationSeconds: 0.1,
  maxDurationSeconds: 60,
  maxPixels: 100,
  perDay: 20,
  leftToday: 1,
};
const media = { durationSeconds: 60, width: 10, height: 10 };

test.each([
  [{ size: 1001 }, null, {}, 'too-large'],
  [{}, { ...media, durationSeconds: 62 }, {}, 'too-long'],
  [{}, { ...media, width: 11 }, {}, 'too-many-pixels'],
  [{}, null, { leftToday: 0 }, 'none-left'],
])('%j, read as %j, under %j is refused as %s', (change, read, limits, problem) => {
  expect(() => checkPolicy(checkFile({ ...file, ...change }), { ...policy, ...limits }, read)).toThrow(
    expect.objectContaining({ problem }),
  );
});

test.each([[null], [media], [{ ...media, durationSeconds: 0 }], [{ ...media, durationSeconds: 60.9 }]])(
  'up to the last byte, read as %j, it is taken: doubt refuses nothing',
  read => {
    expect(() => checkPolicy(checkFile({ ...file, size: 1000 }), policy, read)).not.toThrow();
  },
);
