// The sign-in at an issuer of OpenID Connect: the host believes its tokens, the pages get them in a real browser.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { claimsOf } from '../support/jwt.mjs';
import { until } from '../support/processes.mjs';
import { startAll } from '../support/start-all.mjs';
import { assertAccessible } from './support/accessibility.mjs';
import { expectProblem, reports, startBrowser } from './support/browser.mjs';
import { signInAs, startIssuer } from './support/issuer.mjs';
import { smallJobs } from './support/posts.mjs';
import { assertStored, noteArrivals, Poster, startFiles } from './support/poster.mjs';
import { startSite } from './support/site.mjs';

const blockBytes = 64 * 1024;
const failedLoad = /^console\.error: Failed to load resource/;

// Each has a profile and users of its own, and waits more than it computes.
describe('A sign-in by OpenID Connect', { concurrency: 3 }, () => {
  let issuer, site, browser, files;

  before(async () => {
    issuer = await startIssuer();
    [site, browser, files] = await startAll([startSite({
      ...smallJobs, ...issuer.settings, 'Vod:Uploads:BlockBytes': `${blockBytes}`, 'Vod:Uploads:TicketLifetime': '00:00:10',
    }, { storageProxy: true }), startBrowser(), startFiles()]);
    issuer.serve(new URL(site.url).origin);
  });
  after(async () => {
    await browser?.stop();
    await site?.stop();
    await issuer?.stop();
    await files?.stop();
  });

  const newPage = (t, options) => browser.newPage(t, { url: site.url, ...options });

  /** A page at a path of the site, where somebody has just signed in. */
  async function signedIn(t, user, path = '/mine', options = {}) {
    const page = await newPage(t, options);
    await page.goto(path);
    await page.getByTestId('sign-in').click();
    await signInAs(page, user);
    await shows(page, user);
    return page;
  }

  const shows = (page, user) => page.getByTestId('user-name').filter({ hasText: `${user} of the site` }).waitFor();
  const problem = (page, kind) => page.locator(`[data-testid=sign-in-problem][data-problem=${kind}]`).waitFor();
  const isAt = (page, path) => until(`the page is at ${path}`, () => page.url() === `${new URL(site.url).origin}${path}`);

  /** Until then the page is told again and again that somebody looks at it, whereupon it calls the API. */
  const wakeUntil = (page, what, isSo) => until(what, async () => {
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    return isSo();
  }, { everyMs: 200 });

  /** The tokens that the API was sent, newest last. */
  function tokensOf(page) {
    const tokens = [];
    page.on('request', request => {
      const header = request.headers()['authorization'];
      if (header) tokens.push(header.slice('Bearer '.length));
    });
    return tokens;
  }

  test('One comes back to where one was, stays signed in over a reload and in a new tab, and signs out of all', async t => {
    const page = await newPage(t), urls = [];
    const tokens = tokensOf(page);
    page.context().on('request', request => urls.push(request.url()));
    await page.goto('/mine');
    assert.ok(!urls.some(url => url.startsWith(issuer.url) || /openid-/.test(url)), 'a visitor is not sent to the issuer');
    await page.getByTestId('mine-sign-in').click();
    await signInAs(page, 'alice');
    await page.getByTestId('mine-empty').waitFor();
    await isAt(page, '/mine');

    await page.reload();
    await shows(page, 'alice');
    const other = await page.context().newPage();
    await other.goto('/mine');
    await shows(other, 'alice');
    await other.getByTestId('mine-empty').waitFor();

    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
    await page.getByTestId('sign-out').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByTestId('mine-signed-out').waitFor();
    await isAt(page, '/mine');
    await other.getByTestId('mine-signed-out').waitFor();
    await page.reload();
    await page.getByTestId('mine-signed-out').waitFor();

    assert.equal(claimsOf(tokens[0]).sub, 'alice');
    const anyToken = /eyJ[\w-]{10}/;
    assert.doesNotMatch([...urls, ...reports(page), kept].join('\n'), anyToken);
    assert.ok(!urls.some(url => url.startsWith(site.url) && /[?&#]code=/.test(url.split('#')[0])), 'no server of the site sees a code');
  });

  test('An upload goes on when the token ends in its middle', async t => {
    issuer.tokenSeconds.uploader = 4;
    const network = await browser.newNetwork(), arrivals = noteArrivals(site);
    const page = await signedIn(t, 'uploader', '/post', { network });
    const who = new Poster(page, site, arrivals), clip = await files.video('clip.mp4', 2_000_000);
    const tokens = tokensOf(page);
    network.shape({ mbps: 8 });
    const renewed = page.waitForResponse(answer => /\/uploads\/[^/]+\/renew$/.test(answer.url()));
    await who.choose(clip.path);
    await who.storedBlocks(4);
    network.shape({ mbps: 0.5 });
    const answer = await renewed;
    network.unshape();
    await who.phase('complete');

    assert.equal(answer.status(), 200);
    assert.notEqual(tokens.at(-1), tokens[0]);
    assert.equal(claimsOf(tokens.at(-1)).sub, 'uploader');
    assert.ok(issuer.grants('uploader').includes('refresh_token'));
    assert.equal(who.repeated, 0, 'no block was sent twice');
    await assertStored(site, answer.url().split('/').at(-2), clip.bytes);
  });

  test('An upload whose token is not renewed says so, keeps what was sent, and goes on after the next sign-in', async t => {
    issuer.tokenSeconds.lapsed = 4;
    const network = await browser.newNetwork(), arrivals = noteArrivals(site);
    const page = await signedIn(t, 'lapsed', '/post', { network });
    const who = new Poster(page, site, arrivals), clip = await files.video('lapsed.mp4', 2_000_000);
    const [made] = await Promise.all([
      page.waitForResponse(answer => /\/api\/uploads$/.test(answer.url())),
      (network.shape({ mbps: 8 }), who.choose(clip.path)),
    ]);
    const { videoId } = await made.json();
    await who.at('post-text').fill('Written before the end');
    await who.storedBlocks(4);
    network.shape({ mbps: 0.5 });
    expectProblem(page, failedLoad);
    await issuer.forget('lapsed');
    await problem(page, 'ended');
    await page.getByTestId('post-sign-in').waitFor();
    network.unshape();
    const sent = who.blocks.length;
    assert.ok(sent < 31, 'it ended in the middle');

    issuer.tokenSeconds.lapsed = 3600;
    await page.getByTestId('post-sign-in').click();
    await shows(page, 'lapsed');
    await isAt(page, '/post');
    await who.phase('needs-file');
    assert.equal(await who.at('post-text').inputValue(), 'Written before the end');
    await who.choose(clip.path);
    await who.phase('complete');

    assert.ok(who.repeated <= 4, `${who.repeated} blocks were sent again: only those under way may be`);
    await assertStored(site, videoId, clip.bytes);
  });

  test('Tabs of two users keep to their own, also when they renew', async t => {
    issuer.tokenSeconds.anna = 2;
    const annas = await signedIn(t, 'anna');
    const tokens = tokensOf(annas);
    await annas.context().clearCookies();
    const bobs = await annas.context().newPage();
    await bobs.goto('/mine');
    await bobs.getByTestId('mine-sign-in').click();
    await signInAs(bobs, 'bob');
    await shows(bobs, 'bob');

    const before = tokens.length;
    await wakeUntil(annas, 'anna has a new token', () => tokens.slice(before).some(token => token !== tokens[0]));
    await shows(annas, 'anna');
    assert.deepEqual([...new Set(tokens.map(token => claimsOf(token).sub))], ['anna']);

    // Both are signed out where one of them is, though nobody can tell the issuer.
    expectProblem(annas, failedLoad);
    await annas.route(url => url.origin === issuer.url, route => route.abort('connectionrefused'));
    await annas.getByTestId('sign-out').click();
    await problem(annas, 'signed-out-here');
    await bobs.getByTestId('mine-signed-out').waitFor();
  });

  test('An issuer that is down is told of, and nothing else stops', async t => {
    issuer.tokenSeconds.dora = 2;
    const page = await newPage(t);
    let isDown = true;
    expectProblem(page, failedLoad);
    await page.context().route(url => url.origin === issuer.url, route => isDown ? route.abort('connectionrefused') : route.fallback());
    await page.goto('/mine');
    await page.getByTestId('mine-sign-in').click();
    await problem(page, 'unavailable');
    await assertAccessible(page);

    isDown = false;
    await page.getByTestId('sign-in').click();
    await signInAs(page, 'dora');
    await page.getByTestId('mine-empty').waitFor();
    isDown = true;
    const failed = () => reports(page).filter(line => line.startsWith(`failed: POST ${issuer.url}/token`)).length;
    await wakeUntil(page, 'two renewals have failed', () => failed() >= 2);
    await shows(page, 'dora');
    isDown = false;
    await wakeUntil(page, 'the token is renewed', () => issuer.grants('dora').includes('refresh_token'));
    await shows(page, 'dora');

    isDown = true;
    await page.goto('/');
    await problem(page, 'unavailable');
    await page.getByTestId('feed-heading').waitFor();
  });

  for (const minutes of [10, -10]) {
    test(`A browser’s clock that is ${minutes} minutes off does not matter`, async t => {
      const page = await newPage(t), user = `clock${minutes}`;
      await page.addInitScript(offset => {
        const Real = Date;
        globalThis.Date = class extends Real {
          constructor(...values) { super(...(values.length > 0 ? values : [Real.now() + offset])); }
          static now() { return Real.now() + offset; }
        };
      }, minutes * 60_000);
      await page.goto('/mine');
      await page.getByTestId('mine-sign-in').click();
      await signInAs(page, user);
      await page.getByTestId('mine-empty').waitFor();
      await page.getByTestId('nav-post').click();
      await page.getByTestId('post-choose').waitFor();
      assert.deepEqual(issuer.grants(user), ['authorization_code'], 'one token is enough');
    });
  }

  test('Who lacks the role is told so, in both languages', async t => {
    const page = await newPage(t);
    expectProblem(page, failedLoad);
    await page.goto('/post');
    await page.getByTestId('post-sign-in').click();
    await signInAs(page, 'viewer');
    await page.getByTestId('post-not-uploader').filter({ hasText: /lacks the role “uploader”/ }).waitFor();
    await assertAccessible(page);
    await page.getByTestId('language').selectOption('ko');
    await page.getByTestId('post-not-uploader').filter({ hasText: /“uploader” 역할이 없습니다/ }).waitFor();
  });

  test('Who gives up is told so, and an answer that does not fit signs nobody in', async t => {
    const page = await newPage(t);
    let changed = null;
    expectProblem(page, failedLoad);
    await page.route(url => url.origin === issuer.url && url.pathname === '/auth', route => {
      const url = new URL(route.request().url());
      if (changed) url.searchParams.set(changed, 'c2hvcnQgYnV0IG5vdCBvdXJzLCA0MyBjaGFyYWN0ZXJz');
      return route.continue({ url: url.href });
    });
    await page.goto('/mine');
    await page.getByTestId('mine-sign-in').click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await problem(page, 'refused');
    await isAt(page, '/mine');
    await page.getByTestId('sign-in-problem-close').click();
    assert.equal(await page.getByTestId('sign-in-problem').count(), 0);

    for (const [parameter, kind] of [['nonce', 'foreign'], ['code_challenge', 'refused'], ['state', 'foreign']]) {
      changed = parameter;
      await page.getByTestId('sign-in').click();
      // The issuer knows mallory from the second time on.
      if (parameter === 'nonce') await signInAs(page, 'mallory');
      await problem(page, kind);
      assert.equal(await page.getByTestId('user-name').count(), 0, parameter);
    }
  });

  test('A host that has an issuer signs no tokens itself', async () => {
    const answer = await fetch(new URL('/api/dev/token', site.url), { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    assert.equal(answer.status, 404);
  });

  test('Nobody is led to another site, or signed in by a link', async t => {
    const page = await newPage(t);
    for (const link of ['/sign-in?return=https://evil.example/#code=theirs&state=theirs', '/sign-in?code=theirs&state=theirs&iss=x']) {
      await page.goto(link);
      await problem(page, 'foreign');
      await isAt(page, '/');
    }
    await page.goto(`${new URL(site.url).origin}//evil.example/`);
    await page.getByTestId('sign-in').click();
    await signInAs(page, 'eve');
    await shows(page, 'eve');
    await isAt(page, '/');
  });
});
