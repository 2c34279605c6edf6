import { afterEach, expect, test } from 'vitest';
import type { JobErrorCode, Notice } from 'web/api/types';
import { chooseLanguage } from 'web/i18n/language';
import { wordsOf } from 'web/notices/toast-texts';

afterEach(() => {
  chooseLanguage('en');
});

const failed = (code: JobErrorCode): Notice => ({
  type: 'video.failed',
  notificationId: 'v-1',
  videoId: 'v',
  title: 'My cat',
  error: { code, message: 'As sent.' },
});

test('a ready video is named by its post and can be watched', () => {
  const words = wordsOf({ type: 'video.completed', notificationId: 'v-1', videoId: 'v', title: 'My cat' });
  expect(words).toMatchObject({ title: 'Your video is ready', post: 'My cat', why: null, link: { href: '/videos/v' } });
});

test('a post may have no name', () => {
  expect(wordsOf({ type: 'video.completed', notificationId: 'v-1', videoId: 'v' }).post).toBeNull();
});

test('what another file would help with leads to the upload, what it would not to the list', () => {
  expect(wordsOf(failed('NOT_A_VIDEO')).link.href).toBe('/post');
  expect(wordsOf(failed('ENCODE_FAILED')).link.href).toBe('/mine');
});

test('a failure says why, in the language of the page', () => {
  const english = wordsOf(failed('NOT_A_VIDEO')).why;
  chooseLanguage('ko');
  const korean = wordsOf(failed('NOT_A_VIDEO')).why;
  expect(english).toMatch(/not a video/);
  expect(korean).toMatch(/동영상이 아닙니다/);
});

test('a failure of a newer server has the sentence that it sent', () => {
  expect(wordsOf(failed('NEW' as JobErrorCode)).why).toBe('As sent.');
});
