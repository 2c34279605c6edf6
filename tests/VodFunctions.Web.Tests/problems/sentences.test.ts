import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ApiError, NetworkError } from 'web/api/errors';
import type { ProblemCode } from 'web/api/types';
import { LANGUAGES } from 'web/i18n/language';
import { jobErrorSentence, jobErrorSentences, problemSentences, sentenceOf } from 'web/problems/sentences';

const description = JSON.parse(
  readFileSync(new URL('../../../src/VodFunctions.Api/OpenApi/openapi.json', import.meta.url), 'utf8'),
) as { components: { schemas: Record<string, { enum: string[] }> } };
const codes = (schema: string) => description.components.schemas[schema]!.enum;

const cases = LANGUAGES.flatMap(language => [
  ...codes('ProblemCode').map(code => ['refusal', code, language, problemSentences(language)] as const),
  ...codes('JobErrorCode').map(code => ['job error', code, language, jobErrorSentences(language)] as const),
]);

test('the API describes its codes', () => expect(cases.length).toBeGreaterThan(50));

test.each(cases)('the %s %s has a plain sentence in %s', (_, code, language, sentences) => {
  const sentence = (sentences as Record<string, string>)[code];
  expect(sentence).toMatch(/[.]$/);
  expect(sentence).not.toContain(code);
  // Korean has Korean letters, English has none.
  expect(/[가-힣]/.test(sentence!)).toBe(language === 'ko');
});

test('what was thrown becomes a sentence', () => {
  expect(sentenceOf(new ApiError(429, 'UPLOAD_QUOTA_EXCEEDED', 60))).toContain('tomorrow');
  expect(sentenceOf(new NetworkError('x'))).toContain('connection');
  expect(sentenceOf(new Error('x'))).toContain('went wrong');
  expect(sentenceOf(new ApiError(418, 'TEAPOT' as ProblemCode, null))).toContain('went wrong');
  expect(jobErrorSentence({ code: 'NEW_CODE', message: 'As sent.' })).toBe('As sent.');
});
