import { expect, test } from 'vitest';
import { append, renewHead } from 'web/paging/merge';

const idOf = (item: string) => item;
const page = (items: string, cursor: string | null) => ({ items: [...items], cursor });

test('a page is added without what is there already', () => {
  expect(append({ items: [...'ab'], cursor: '1' }, page('bc', '2'), idOf)).toEqual(page('abc', '2'));
  expect(append({ items: [], cursor: undefined }, page('', null), idOf)).toEqual(page('', null));
});

test.each([
  ['what is new comes in front', 'abcdef', 'xyab', 'xyabcdef', 'end'],
  ['what is missing within the page is gone', 'abcdef', 'acd', 'acdef', 'end'],
  ['nothing in common begins anew', 'abc', 'xyz', 'xyz', 'head'],
  ['a page that covers all goes on at its own end', 'ab', 'xab', 'xab', 'head'],
  ['nothing has changed', 'abcd', 'ab', 'abcd', 'end'],
])('the first page read again: %s', (_, known, head, expected, cursor) => {
  expect(renewHead({ items: [...known], cursor: 'end' }, page(head, 'head'), idOf)).toEqual(page(expected, cursor));
});

test('a first page that is the last one is all there is', () => {
  expect(renewHead({ items: [...'abcd'], cursor: 'end' }, page('ac', null), idOf)).toEqual(page('ac', null));
});

test('the end that was reached stays reached', () => {
  expect(renewHead({ items: [...'abcd'], cursor: null }, page('ab', 'head'), idOf)).toEqual(page('abcd', null));
});
