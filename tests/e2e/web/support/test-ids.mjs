import { readFileSync } from 'node:fs';

const document = readFileSync(new URL('../../../../docs/web.md', import.meta.url), 'utf8');
const section = document.slice(document.indexOf('\n## Test ids\n'));
const patterns = [...section.matchAll(/^\| (`[^|]+) \|/gm)]
  .flatMap(([, cell]) => [...cell.matchAll(/`([^`]+)`/g)].map(found => found[1]))
  .map(entry => new RegExp(`^${entry.replaceAll(/\{[^}]*\}/g, '.+')}$`));

/** Whether docs/web.md lists a test id; in its tables `{name}` stands for any word. */
export function isDocumented(id) { return patterns.some(pattern => pattern.test(id)); }

/** The test ids of a page as it is now. */
export function testIds(page) {
  return page.evaluate(() => [...document.querySelectorAll('[data-testid]')].map(element => element.dataset.testid));
}

/** The elements that people act on and that have no test id, each with its beginning. */
export function withoutTestId(page) {
  return page.evaluate(() => [...document.querySelectorAll(
    'a[href], button, input, select, textarea, video, summary, [tabindex]:not([tabindex="-1"]), [role=slider], [role=button]')]
    .filter(element => !element.dataset.testid)
    .map(element => element.outerHTML.slice(0, 120)));
}
