// The example of docs/web.md, as it stands there, plugged in as a site's own sign-in.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { until } from '../support/processes.mjs';
import { startAll } from '../support/start-all.mjs';
import { expectProblem, startBrowser } from './support/browser.mjs';
import { smallJobs } from './support/posts.mjs';
import { startSite } from './support/site.mjs';

const document = readFileSync(new URL('../../../docs/web.md', import.meta.url), 'utf8');
const [, module] = /```js\n([^]*?)```/.exec(document);

const id = 'site-user-7';

describe('A sign-in of the site’s own', () => {
  let site, browser;

  before(async () => { [site, browser] = await startAll([startSite(smallJobs), startBrowser()]); });
  after(async () => {
    await browser?.stop();
    await site?.stop();
  });

  /** A page of a site whose server keeps sessions: `session` is who has one. */
  async function open(t, session) {
    const page = await browser.newPage(t, { url: site.url });
    const { token } = await (await site.api(id)).call('POST', 'dev/token', { user: id, roles: ['uploader'] });
    const server = { session, asked: 0, lifetimeMs: 600_000 };
    const config = { api: '/api', signIn: { kind: 'module', url: '/sign-in.js' } };
    await page.route('/config.json', route => route.fulfill({ json: config }));
    await page.route('/sign-in.js', route => route.fulfill({ contentType: 'text/javascript', body: module }));
    await page.route('/session/token', route => {
      server.asked++;
      if (!server.session) return route.fulfill({ status: 401 });
      return route.fulfill({ json: { id, name: server.session, token, expiresAt: Date.now() + server.lifetimeMs } });
    });
    await page.route('/session', route => {
      server.session = null;
      return route.fulfill({ status: 204 });
    });
    return { page, server };
  }

  test('shows who has a session, and calls the API with the site’s tokens', async t => {
    const { page, server } = await open(t, 'Jane of the site');
    expectProblem(page, /401/);
    const authorized = [];
    page.on('request', request => {
      if (request.url().includes('/api/videos')) authorized.push(request.headers()['authorization']);
    });
    await page.goto('/mine');
    await page.getByTestId('mine-empty').waitFor();
    assert.equal(await page.getByTestId('user-name').textContent(), 'Jane of the site');
    assert.match(authorized[0], /^Bearer .+\..+\..+/);
    assert.equal(server.asked, 1, 'a token is used as long as it is good');

    await page.getByTestId('sign-out').click();
    await page.getByTestId('mine-signed-out').waitFor();
    await page.reload();
    await page.getByTestId('mine-signed-out').waitFor();
  });

  test('asks for a new token before one ends, and sees that a session has ended', async t => {
    const { page, server } = await open(t, 'Jane');
    expectProblem(page, /401/);
    server.lifetimeMs = 30_000;
    await page.goto('/mine');
    await page.getByTestId('mine-empty').waitFor();
    assert.ok(server.asked >= 2);
    server.session = null;
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByTestId('mine-signed-out').waitFor();
  });

  test('sends whoever signs in to the site’s own page, and back', async t => {
    const { page } = await open(t, null);
    expectProblem(page, /401/);
    let asked = null;
    await page.route(url => url.pathname === '/sign-in', route => {
      asked = new URL(route.request().url()).searchParams.get('return');
      return route.fulfill({ contentType: 'text/html', body: '<title>The site</title>' });
    });
    await page.goto('/mine');
    await page.getByTestId('mine-sign-in').click();
    await until('the site’s page is there', async () => await page.title() === 'The site');
    assert.equal(asked, '/mine');
  });
});
