import { expect, test } from 'vitest';
import { videoTypeOf } from 'web/uploads/content-type';

test.each([
  ['clip.mp4', 'video/mp4', 'video/mp4'],
  ['clip', 'video/webm', 'video/webm'],
  ['a.mp4', 'video/mp4; codecs=avc1', 'video/mp4'],
  ['clip.MKV', '', 'video/x-matroska'],
  ['00001.MTS', '', 'video/mp2t'],
  ['a.b.mov', '', 'video/quicktime'],
  ['clip.mkv', 'application/x-matroska', 'application/x-matroska'],
  ['tape.mxf', '', 'application/mxf'],
  ['clip.avi', 'application/octet-stream', 'video/x-msvideo'],
  ['clip.ts', 'text/vnd.trolltech.linguist', 'video/mp2t'],
  ['clip.asf', 'application/vnd.ms-asf', 'video/x-ms-asf'],
  ['MOV001.MOD', 'audio/x-mod', 'video/mpeg'],
  ['clip.ogg', 'audio/ogg', 'video/ogg'],
  ['MOV001.TOD', '', 'video/mp2t'],
  ['clip.trp', '', 'video/mp2t'],
  ['VID_1.insv', '', 'video/mp4'],
])('%s of type "%s" is uploaded as %s', (name, type, expected) => {
  expect(videoTypeOf({ name, type })).toBe(expected);
});

test.each([
  ['notes.txt', 'text/plain'],
  ['photo.jpg', 'image/jpeg'],
  ['song.mp3', 'audio/mpeg'],
  ['clip.mp4', 'text/html'],
  ['mp4', ''],
  ['noname', ''],
  ['clip.', ''],
  ['a.exe', ''],
  ['x.constructor', ''],
  ['x', 'video/'],
  ['code.ts', 'text/typescript'],
])('%s of type "%s" is no video', (name, type) => {
  expect(videoTypeOf({ name, type })).toBeNull();
});
