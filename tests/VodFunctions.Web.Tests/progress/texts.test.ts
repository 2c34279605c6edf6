import { afterEach, expect, test } from 'vitest';
import { chooseLanguage } from 'web/i18n/language';
import { INITIAL } from 'web/progress/job-state';
import { announcement, partLabel } from 'web/progress/texts';

afterEach(() => {
  chooseLanguage('en');
});

test('parts have the names that people use', () => {
  const all = ['v720-4000k', 'v480-2000k', 'a128k'];
  expect(all.map(name => partLabel(name, all))).toEqual(['720p', '480p', 'Sound']);
  chooseLanguage('ko');
  expect(partLabel('a128k', all)).toBe('소리');
});

test('of several of one height the bitrate is told', () => {
  const all = ['v720-4000k', 'v720-2500k'];
  expect(all.map(name => partLabel(name, all))).toEqual(['720p, 4 Mbps', '720p, 2.5 Mbps']);
});

test('a name of a newer server is shown as it is', () => {
  expect(partLabel('captions', ['captions'])).toBe('captions');
});

test('a conversion is announced by quarters', () => {
  const words = Array.from({ length: 101 }, (_, percent) =>
    announcement({
      ...INITIAL,
      phase: 'transcode',
      parts: [
        { name: 'v720-4000k', percent },
        { name: 'a128k', percent: 100 },
      ],
    }),
  );
  expect(new Set(words).size).toBe(5);
});
