import { expect, test } from 'vitest';
import { mediaUrl } from 'web/api/media-url';

test.each([
  ['/api', '/media/1/poster.jpg', 'https://site.example/media/1/poster.jpg'],
  ['https://api.example/api', '/media/1/poster.jpg', 'https://api.example/media/1/poster.jpg'],
  ['/api', 'https://cdn.example/1/poster.jpg', 'https://cdn.example/1/poster.jpg'],
])('with the API at %s, %s is %s', (api, path, expected) => {
  expect(mediaUrl(api, path, 'https://site.example/mine')).toBe(expected);
});
