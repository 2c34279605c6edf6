// The site as the one-machine host serves it: its pages open, in a real browser, under its policy.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startAll } from '../support/start-all.mjs';
import { assertAccessible } from './support/accessibility.mjs';
import { reports, startBrowser } from './support/browser.mjs';
import { startSite } from './support/site.mjs';

describe('The site in a browser', () => {
  let site, browser;

  before(async () => { [site, browser] = await startAll([startSite(), startBrowser()]); });
  after(async () => {
    await browser?.stop();
    await site?.stop();
  });

  test('The feed opens, under a policy that nothing on it violates', async t => {
    const page = await browser.newPage(t, { url: site.url });
    const answer = await page.goto('/');
    await page.getByTestId('feed-heading').waitFor();

    assert.match(await page.title(), /Videos$/);
    assert.match(answer.headers()['content-security-policy'], /^default-src 'none'; script-src 'self';/);
    assert.deepEqual(reports(page).filter(line => line.startsWith('policy')), []);
    await assertAccessible(page);
  });

  test('Every place of the app can be opened by its address', async t => {
    const page = await browser.newPage(t, { url: site.url, user: 'alice' });
    for (const [path, heading] of [['/post', 'post-heading'], ['/mine', 'mine-heading']]) {
      await page.goto(path);
      await page.getByTestId(heading).waitFor();
      assert.equal(await page.getByTestId('user-name').textContent(), 'alice');
    }
  });

  test('It speaks the language of the browser, and looks as the system does', async t => {
    const page = await browser.newPage(t, { url: site.url, language: 'ko', theme: 'dark', screen: 'phone' });
    await page.goto('/');
    await page.getByTestId('feed-heading').waitFor();

    assert.equal(await page.locator('html').getAttribute('lang'), 'ko');
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const [red] = background.match(/\d+/).map(Number);
    assert.ok(red < 100, `dark: ${background}`);
  });

  test('A browser that lets sites keep nothing shows it all the same', async t => {
    const page = await browser.newPage(t, { url: site.url });
    await page.addInitScript(() => Object.defineProperty(globalThis, 'localStorage', {
      get() { throw new DOMException('The site may keep nothing.', 'SecurityError'); },
    }));
    await page.goto('/');
    await page.getByTestId('feed-heading').waitFor();
    await page.getByTestId('theme').selectOption('dark');
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  });

  test('A page of this machine may upload to the storage, by either name of the machine', async t => {
    const api = await site.api('alice');
    const { port } = new URL(site.url);
    for (const name of ['localhost', '127.0.0.1']) {
      const page = await browser.newPage(t, { url: `http://${name}:${port}` });
      await page.goto('/');
      const { uploadUrl } = await api.ticket(4);
      const status = await page.evaluate(async url => {
        const answer = await fetch(url, { method: 'PUT', headers: { 'x-ms-blob-type': 'BlockBlob' }, body: 'clip' });
        return answer.status;
      }, uploadUrl);
      assert.equal(status, 201, name);
    }
  });
});
