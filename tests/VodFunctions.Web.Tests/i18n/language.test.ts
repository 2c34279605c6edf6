import { expect, test } from 'vitest';
import { chooseLanguage, language, preferred } from 'web/i18n/language';
import { messages } from 'web/i18n/messages';

test.each([
  [['ko-KR', 'en'], 'ko'],
  [['fr', 'ko'], 'ko'],
  [['en-GB', 'ko'], 'en'],
  [['KO'], 'ko'],
  [['fr'], 'en'],
  [[], 'en'],
  [['kok-IN'], 'en'],
])('%j speaks %s', (tags, expected) => {
  expect(preferred(tags)).toBe(expected);
});

test('texts follow the language that is chosen', () => {
  const text = messages({
    en: { hello: (name: string) => `Hello ${name}` },
    ko: { hello: (name: string) => `${name} 님` },
  });
  chooseLanguage('ko');
  expect(text().hello('A')).toBe('A 님');
  expect(language.value).toBe('ko');
  chooseLanguage('en');
  expect(text().hello('A')).toBe('Hello A');
});
