import { expect, test } from 'vitest';
import { formatAgo, formatBytes, formatClock } from 'web/i18n/format';

test.each([
  [0, '0 byte'],
  [999, '999 byte'],
  [1000, '1 kB'],
  [1500, '1.5 kB'],
  [999_600, '1 MB'],
  [314_572_800, '315 MB'],
])('%d bytes are %s', (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected);
});

test.each([
  [0, '0:00'],
  [9.9, '0:09'],
  [61, '1:01'],
  [3600, '1:00:00'],
  [3661.5, '1:01:01'],
  [-1, '0:00'],
])('%d s are %s', (seconds, expected) => {
  expect(formatClock(seconds)).toBe(expected);
});

test('what is a week old has a date', () => {
  const now = new Date('2026-03-20T12:00:00Z');
  expect(formatAgo(new Date('2026-03-20T11:57:00Z'), now)).toBe('3 minutes ago');
  expect(formatAgo(new Date('2026-03-19T12:00:00Z'), now)).toBe('yesterday');
  expect(formatAgo(new Date('2026-03-01T12:00:00Z'), now)).toContain('2026');
});
