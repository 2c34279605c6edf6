import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documentedIds, toPattern } from './test-ids';

const source = new URL('../../../src/VodFunctions.Web/src/', import.meta.url);
const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => readFileSync(new URL(name, source), 'utf8'))
  .join('\n');
// What is put together in the code, `${name}-more`, stands in the document as `{name}-more` or as each that it makes.
const literals = new Set([...code.matchAll(/'([a-z][a-z0-9-]*)'/g)].map(found => found[1]!));
const templates = [...code.matchAll(/`([^`\s]*\$\{[^`\s]*)`/g)].map(found =>
  toPattern(found[1]!.replace(/\$\{[^}]*\}/g, '{}')),
);
const used = [...code.matchAll(/'data-testid': '([^']+)'/g)].map(found => found[1]!);
const documented = documentedIds();

test('the pages have test ids', () => expect(used.length).toBeGreaterThan(30));

test.each([...new Set(used)])('%s is in docs/web.md', id => {
  expect(documented.some(entry => toPattern(entry).test(id))).toBe(true);
});

test.each(documented)('%s of docs/web.md is in the pages', entry => {
  const example = entry.replace(/\{[^}]*\}/g, 'x');
  expect(literals.has(entry) || templates.some(template => template.test(example))).toBe(true);
});

test('docs/web.md lists each test id once', () => {
  expect(documented).toEqual([...new Set(documented)]);
});
