import { expect, test } from 'vitest';
import { draftsOf, MAX_TEXT, textProblem } from 'web/post/draft';

test.each([
  ['', 'noText'],
  [' \n ', 'noText'],
  ['x', null],
  ['x'.repeat(MAX_TEXT), null],
  ['x'.repeat(MAX_TEXT + 1), 'tooLong'],
  // UTF-16 units, as the API counts: an emoji has two.
  ['😀'.repeat(2500), null],
  [`${'😀'.repeat(2500)}x`, 'tooLong'],
])('a text is judged as the API does', (text, problem) => {
  expect(textProblem(text)).toBe(problem);
});

test('drafts of users and uploads are kept apart', () => {
  draftsOf('a').write(null, 'new');
  draftsOf('a').write('k', 'with k');
  expect(draftsOf('a').read(null)).toBe('new');
  expect(draftsOf('a').read('k')).toBe('with k');
  expect(draftsOf('b').read(null)).toBeNull();
  draftsOf('a').remove(null);
  expect(draftsOf('a').read(null)).toBeNull();
});
