import { expect, test } from 'vitest';
import { parseStoryboard, stillAt } from 'web/player/storyboard';

const BASE = 'https://cdn.test/v/1/storyboard.vtt';
const TEXT = `WEBVTT

00:00.000 --> 00:02.000
storyboard.jpg#xywh=0,0,160,90

note
01:00:02.000 --> 01:00:04.500 align:start
sheet.jpg#xywh=pixel:160,90,160,90
`;

test('cues become pictures with absolute addresses', () => {
  expect(parseStoryboard(TEXT, BASE)).toEqual([
    { start: 0, end: 2, image: 'https://cdn.test/v/1/storyboard.jpg', x: 0, y: 0, width: 160, height: 90 },
    { start: 3602, end: 3604.5, image: 'https://cdn.test/v/1/sheet.jpg', x: 160, y: 90, width: 160, height: 90 },
  ]);
});

test('line ends of any kind and a byte order mark change nothing', () => {
  const expected = parseStoryboard(TEXT, BASE);
  expect(parseStoryboard('\uFEFF' + TEXT.replaceAll('\n', '\r\n'), BASE)).toEqual(expected);
  expect(parseStoryboard(TEXT.replaceAll('\n', '\r'), BASE)).toEqual(expected);
});

test.each([
  '',
  'WEBVTT',
  'not a file at all',
  'WEBVTT\n\n00:00.000 --> 00:02.000',
  'WEBVTT\n\n00:00.000 --> 00:02.000\nwords',
  'WEBVTT\n\n00:02.000 --> 00:02.000\na.jpg#xywh=0,0,1,1',
  'WEBVTT\n\n0:0 --> 1:1\na.jpg#xywh=0,0,1,1',
  'WEBVTT\n\n00:00.000 --> 00:02.000\na.jpg#xywh=0,0,0,90',
  'WEBVTT\n\n00:00.000 --> 00:02.000\na.jpg#xywh=percent:0,0,10,10',
  'WEBVTT\n\n00:00.000 --> 00:02.000\nhttp://[#xywh=0,0,1,1',
])('%j has no pictures', text => {
  expect(parseStoryboard(text, BASE)).toEqual([]);
});

test('a damaged cue does not cost the others', () => {
  expect(parseStoryboard(TEXT.replace('00:02.000', 'soon'), BASE)).toHaveLength(1);
});

test.each([
  [0, 0],
  [1.9, 0],
  [2, 2],
  [3.5, 2],
  [9, 4],
  [-1, 0],
])('at %d s it shows the picture from %d s', (seconds, start) => {
  const stills = [0, 2, 4].map(at => ({ start: at, end: at + 2, image: '', x: 0, y: 0, width: 1, height: 1 }));
  expect(stillAt(stills, seconds)?.start).toBe(start);
});

test('without pictures there is none', () => {
  expect(stillAt([], 1)).toBeNull();
});
