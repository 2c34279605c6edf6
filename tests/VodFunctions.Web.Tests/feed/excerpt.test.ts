import { expect, test } from 'vitest';
import { excerpt } from 'web/feed/excerpt';

test.each([
  ['one', 'one'],
  ['  one \r\n\r\n two\u2028three ', 'one\ntwo\nthree'],
  ['1\n2\n3\n4', '1\n2\n3…'],
  ['x'.repeat(200), 'x'.repeat(200)],
  ['x'.repeat(201), `${'x'.repeat(200)}…`],
  ['👍'.repeat(300), `${'👍'.repeat(200)}…`],
  ['<b>bold</b>', '<b>bold</b>'],
])('of %j a card shows %j', (text, expected) => {
  expect(excerpt(text)).toBe(expected);
});
