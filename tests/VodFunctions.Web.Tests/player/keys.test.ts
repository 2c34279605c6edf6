import { expect, test } from 'vitest';
import { commandOf, type Focus, type KeyPress } from 'web/player/keys';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

test.each([
  [' ', { do: 'toggle' }],
  ['k', { do: 'toggle' }],
  ['K', { do: 'toggle' }],
  ['j', { do: 'seek-by', seconds: -10 }],
  ['l', { do: 'seek-by', seconds: 10 }],
  ['ArrowLeft', { do: 'seek-by', seconds: -5 }],
  ['ArrowRight', { do: 'seek-by', seconds: 5 }],
  ['ArrowUp', { do: 'volume-by', share: 0.1 }],
  ['ArrowDown', { do: 'volume-by', share: -0.1 }],
  ['f', { do: 'fullscreen' }],
  ['m', { do: 'mute' }],
  ['i', { do: 'statistics' }],
  ['?', { do: 'help' }],
  ['<', { do: 'slower' }],
  ['>', { do: 'faster' }],
  ['0', { do: 'seek-to', share: 0 }],
  ['7', { do: 'seek-to', share: 0.7 }],
])('%j does %j', (key, expected) => {
  expect(commandOf(press(key), 'page')).toEqual(expected);
});

test('a Korean layout has the letters in the same places', () => {
  expect(commandOf(press('ㅏ', { code: 'KeyK' }), 'page')).toEqual({ do: 'toggle' });
  expect(commandOf(press('Process', { code: 'KeyF' }), 'page')).toEqual({ do: 'fullscreen' });
});

test('a Latin layout has its own letters, wherever they are', () => {
  expect(commandOf(press('k', { code: 'KeyV' }), 'page')).toEqual({ do: 'toggle' });
  expect(commandOf(press('t', { code: 'KeyK' }), 'page')).toBeNull();
});

test.each(['x', 'Tab', 'Enter', 'Escape', 'F5', 'Dead'])('%s is not the player’s', key => {
  expect(commandOf(press(key), 'page')).toBeNull();
});

test.each(['ctrlKey', 'metaKey', 'altKey'] as const)('with %s it is the browser’s', modifier => {
  expect(commandOf(press('f', { [modifier]: true }), 'page')).toBeNull();
});

test.each<[Focus, string, boolean]>([
  ['field', 'k', false],
  ['field', ' ', false],
  ['field', '5', false],
  ['button', ' ', false],
  ['button', 'k', true],
  ['button', 'ArrowLeft', true],
  ['slider', 'ArrowLeft', false],
  ['slider', 'ArrowUp', false],
  ['slider', ' ', true],
  ['slider', 'm', true],
])('on a %s, %j is the player’s: %s', (focus, key, expected) => {
  expect(commandOf(press(key), focus) !== null).toBe(expected);
});
