import { expect, test } from 'vitest';
import { bestLevel, heightsOf, rangeOf } from 'web/player/levels';

const level = (width: number, height: number, bitrate: number) => ({ width, height, bitrate });
const LADDER = [
  level(426, 240, 0.6e6),
  level(854, 480, 1.2e6),
  level(854, 480, 2.1e6),
  level(1280, 720, 2.6e6),
  level(1280, 720, 4.1e6),
];
const ALL = { lowest: 0, highest: 4 };

test('each height stands once, largest first', () => {
  expect(heightsOf(LADDER)).toEqual([720, 480, 240]);
});

test('a film that stands is called by its short side', () => {
  expect(heightsOf([level(240, 426, 1), level(720, 1280, 2)])).toEqual([720, 240]);
});

test('without a choice the player adapts among all', () => {
  expect(rangeOf(LADDER, null)).toEqual(ALL);
});

test.each([
  [720, 3, 4],
  [480, 1, 2],
  [240, 0, 0],
])('%dp holds it to the bitrates of that height', (height, lowest, highest) => {
  expect(rangeOf(LADDER, height)).toEqual({ lowest, highest });
});

test('a height that is not there holds it to nothing', () => {
  expect(rangeOf(LADDER, 1080)).toEqual(ALL);
});

test.each([
  [0, 0],
  [1.1e6, 0],
  [1.2e6, 1],
  [4e6, 3],
  [1e9, 4],
])('%d bit/s carry level %d', (bandwidth, expected) => {
  expect(bestLevel(LADDER, ALL, bandwidth)).toBe(expected);
});

test('the best level of a height is of that height, whatever the network carries', () => {
  expect(bestLevel(LADDER, { lowest: 3, highest: 4 }, 0)).toBe(3);
  expect(bestLevel(LADDER, { lowest: 1, highest: 2 }, 1e9)).toBe(2);
});

test('one level is the best', () => {
  expect(bestLevel([LADDER[0]!], { lowest: 0, highest: 0 }, 1e9)).toBe(0);
});
