import { expect, test } from 'vitest';
import { match } from 'web/app/routes';

test.each(['/', '/post', '/mine', '/videos/0123'])('%s is a page', path => {
  expect(match(path)).not.toBeNull();
});

test('a slash at the end changes nothing', () => {
  expect(match('/post/')?.route.pattern).toBe('/post');
});

test('a part of the path becomes a parameter', () => {
  expect(match('/videos/0123')?.parameters).toEqual({ videoId: '0123' });
});

test.each(['/other', '/videos', '/videos/1/2', '/post/1'])('%s is no page', path => {
  expect(match(path)).toBeNull();
});
