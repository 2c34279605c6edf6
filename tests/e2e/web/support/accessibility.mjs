import assert from 'node:assert/strict';
import axe from 'axe-core';

const grave = new Set(['serious', 'critical']);

/** Fails for each serious problem that axe-core finds on the page as it is now; with `any`, for each whatever its weight. */
export async function assertAccessible(page, { any = false } = {}) {
  // Evaluated and not added as a script: the page's policy lets no script of others in.
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  assert.ok(passes.length > 0, 'axe-core looks at the page');
  assert.deepEqual(violations.filter(each => any || grave.has(each.impact)).map(each =>
    `${each.impact} ${each.id}: ${each.help}: ${each.nodes.map(node => node.target.join(' ')).join(', ')}`), []);
}
