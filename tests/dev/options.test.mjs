import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { readOptions } from '../../tools/dev/options.mjs';

const defaults = { port: 7071, data: '.data', video: null, demo: true };

test('What is not given has its default', () => {
  assert.deepEqual(readOptions([], defaults), defaults);
});

test('What is given counts, the last of two', () => {
  const video = fileURLToPath(import.meta.url);
  assert.deepEqual(
    readOptions(['--port', '1', '--port', '0', '--data', 'a b', '--video', video, '--no-demo'], defaults),
    { port: 0, data: 'a b', video, demo: false });
});

for (const [args, sentence] of [
  [['--port'], /--port takes a number/], [['--port', '65536'], /--port takes a number/], [['--port', '-1'], /--port takes a number/],
  [['--port', '7 1'], /--port takes a number/], [['--data'], /--data takes a folder/], [['--video', ''], /--video takes a file/],
  [['--video', '/nonexistent.mp4'], /missing or cannot be read/], [['--video', '/'], /missing or cannot be read/],
  [['--video', '/dev/null'], /missing or cannot be read|is empty/], [['--all'], /Unknown option --all/], [['run'], /Unknown option run/],
  [['--constructor'], /Unknown option/], [['constructor'], /Unknown option/],
]) test(`${args.join(' ')} is refused`, () => assert.throws(() => readOptions(args, defaults), sentence));

test('An option of another verb is unknown', () => {
  assert.throws(() => readOptions(['--port', '1'], { all: false }), /Unknown option --port/);
});
