import { expect, test } from 'vitest';
import { nextSpeed } from 'web/player/speed';
import { titleOf } from 'web/player/title';
import { changed, parseVolume, toggleMute } from 'web/player/volume';

test.each([
  [1, 1, 1.25],
  [1, -1, 0.75],
  [2, 1, 2],
  [0.5, -1, 0.5],
  [1.1, 1, 1.25],
  [1.1, -1, 1],
] as const)('from %d, direction %d, the speed becomes %d', (now, direction, expected) => {
  expect(nextSpeed(now, direction)).toBe(expected);
});

test.each([
  [0.5, 0.1, 0.6],
  [0.95, 0.1, 1],
  [0.05, -0.1, 0],
  [0.7, 0.1, 0.8],
])('volume %d and %d is %d', (level, share, expected) => {
  expect(changed(level, share)).toBe(expected);
});

test.each([
  [
    { muted: false, volume: 0.4 },
    { muted: true, volume: 0.4 },
  ],
  [
    { muted: true, volume: 0.4 },
    { muted: false, volume: 0.4 },
  ],
  [
    { muted: false, volume: 0 },
    { muted: false, volume: 0.5 },
  ],
  [
    { muted: true, volume: 0 },
    { muted: false, volume: 0.5 },
  ],
])('the sound button makes of %j %j', (before, after) => {
  const element = { ...before };
  toggleMute(element);
  expect(element).toEqual(after);
});

test('the volume of last time is read', () => {
  expect(parseVolume('{"level":0.4,"muted":true}')).toEqual({ level: 0.4, muted: true });
});

test.each([null, 'x', '{}', '{"level":2}', '{"level":-1}', '3', 'null'])('%s is full volume', text => {
  expect(parseVolume(text)).toEqual({ level: 1, muted: false });
});

test('a title is the first line that says something', () => {
  expect(titleOf('\n  \n Our trip \nto the sea', 'Video')).toBe('Our trip');
});

test.each([null, undefined, '', ' \n '])('of %j the title is the fallback', text => {
  expect(titleOf(text, 'Video')).toBe('Video');
});

test('a long title is cut between characters', () => {
  const title = titleOf('🎬'.repeat(100), '');
  expect([...title]).toHaveLength(80);
  expect(title.endsWith('🎬…')).toBe(true);
});
