// The feed, as those see it who look around: order, pages, what comes meanwhile, and what goes wrong.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '../support/processes.mjs';
import { startAll } from '../support/start-all.mjs';
import { expectProblem, startBrowser } from './support/browser.mjs';
import { feed, problem, publish, smallJobs, tinyClip } from './support/posts.mjs';
import { startSite } from './support/site.mjs';

const pageSize = 6;
const markup = '<img src=x onerror="window.hit=1"><script>window.hit=1</script> & <b>bold</b>';

describe('The feed', () => {
  let site, browser, alice, bob, clip;

  before(async () => {
    [site, browser, clip] = await startAll([startSite(smallJobs), startBrowser(), tinyClip()]);
    [alice, bob] = await Promise.all(['alice', 'bob'].map(name => site.api(name)));
  });
  after(async () => {
    await browser?.stop();
    await site?.stop();
  });

  /** A page whose feed has pages of six, so that a dozen posts are several of them. */
  async function openFeed(t, options = {}) {
    const page = await browser.newPage(t, { url: site.url, ...options });
    await page.route(url => url.pathname === '/api/feeds', route => {
      const url = new URL(route.request().url());
      url.searchParams.set('limit', `${pageSize}`);
      return route.continue({ url: url.href });
    });
    return page;
  }

  const shown = page => page.getByTestId('feed-item').evaluateAll(items => items.map(item => item.dataset.feedId));
  const showsAll = (page, count) => until(`${count} posts are shown`, async () => (await shown(page)).length >= count);
  const toTheEnd = page => page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const everyId = async () => (await feed(alice)).map(item => item.feedId);

  async function scrollThrough(page, count) {
    await until(`${count} posts are shown`, async () => {
      await toTheEnd(page);
      return (await shown(page)).length >= count;
    });
  }

  test('an empty feed says so and leads to the post page', async t => {
    const page = await openFeed(t);
    await page.goto('/');
    await page.getByTestId('feed-empty').waitFor();
    assert.equal(await page.getByTestId('feed-item').count(), 0);
    await page.getByTestId('feed-empty-post').click();
    await page.waitForURL('**/post');
  });

  describe('with posts', () => {
    before(async () => {
      await publish(alice, clip, Array.from({ length: 9 }, (_, i) => `Post ${i + 1} of alice`));
      await publish(bob, clip, ['첫 번째 줄\n두 번째 줄', markup, `${'word '.repeat(500)}end`, 'The newest one']);
    });

    test('shows the newest first, with picture, length, text, owner and time', async t => {
      const page = await openFeed(t);
      await page.goto('/');
      await scrollThrough(page, 13);
      assert.deepEqual(await shown(page), await everyId());

      const first = page.getByTestId('feed-item').first();
      assert.equal(await first.getByTestId('feed-text').textContent(), 'The newest one');
      assert.equal(await first.getByTestId('feed-owner').textContent(), 'bob');
      assert.match(await first.locator('.poster-length').innerText(), /0:00/);
      assert.match(await first.locator('time').textContent(), /ago|now/);
      await until('the picture is there', () => first.locator('img').evaluate(image => image.complete && image.naturalWidth > 0));
      const [newest] = await feed(alice);
      assert.equal(await first.getByTestId('feed-link').getAttribute('href'), `/videos/${newest.videoId}`);
    });

    test('reads a page at a time, and no more than is needed', async t => {
      const page = await openFeed(t, { screen: 'phone' });
      const asked = [];
      page.on('request', request => request.url().includes('/api/feeds') && asked.push(request.url()));
      await page.goto('/');
      await showsAll(page, pageSize);
      await page.waitForLoadState('networkidle');
      assert.ok((await shown(page)).length < 13, 'the end of the list is far below the screen');
      await scrollThrough(page, 13);
      assert.equal(asked.length, 3);
      await until('nothing more is offered', async () => !await page.getByTestId('feed-more').isVisible());
    });

    test('has a button for more, for the keyboard and without IntersectionObserver', async t => {
      const page = await openFeed(t);
      await page.addInitScript(() => { delete window.IntersectionObserver; });
      await page.goto('/');
      await showsAll(page, pageSize);
      await page.getByTestId('feed-more').focus();
      await page.keyboard.press('Enter');
      await showsAll(page, 2 * pageSize);
      const focused = () => page.evaluate(() => document.activeElement.closest('[data-feed-id]')?.dataset.feedId);
      await until('the first of the new ones has the focus', async () => await focused() === (await shown(page))[pageSize]);
      assert.deepEqual(await shown(page), (await everyId()).slice(0, 2 * pageSize));
    });

    test('shows what a post says as text, whatever it says', async t => {
      const page = await openFeed(t);
      await page.goto('/');
      await showsAll(page, pageSize);
      assert.ok((await page.getByTestId('feed-text').allTextContents()).includes(markup));
      assert.equal(await page.evaluate(() => window.hit), undefined);
      assert.equal(await page.locator('.feed-text > *').count(), 0);
      const long = (await page.getByTestId('feed-text').allTextContents()).find(text => text.startsWith('word'));
      assert.ok(long.length < 250, 'a card has the first lines only');
    });

    test('nothing moves while it loads', async t => {
      const page = await browser.newPage(t, { url: site.url });
      await page.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver(list => {
          for (const entry of list.getEntries()) {
            window.shifts.push({ value: entry.value, moved: entry.sources.map(({ node, previousRect, currentRect }) =>
              `${node?.className ?? node?.nodeName}: ${previousRect.top} to ${currentRect.top}`) });
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto('/');
      await showsAll(page, 13);
      await page.waitForLoadState('networkidle');
      const shifts = await page.evaluate(() => window.shifts);
      assert.ok(shifts.reduce((sum, shift) => sum + shift.value, 0) < 0.01, JSON.stringify(shifts));
    });

    test('going back from a video finds the pages and the place', async t => {
      const page = await openFeed(t, { screen: 'phone' });
      await page.goto('/');
      await scrollThrough(page, 13);
      const link = page.getByTestId('feed-link').nth(8);
      await link.scrollIntoViewIfNeeded();
      const before = await page.evaluate(() => scrollY);
      assert.ok(before > 500);
      let asked = 0;
      page.on('request', request => { if (request.url().includes('/api/feeds')) asked++; });
      await link.click();
      await page.waitForURL('**/videos/*');
      await until('the video is at its top', () => page.evaluate(() => !document.querySelector('.feed') && scrollY === 0));
      await page.goBack();
      await until('the place is found', async () => Math.abs(await page.evaluate(() => scrollY) - before) < 2);
      assert.equal((await shown(page)).length, 13);
      assert.equal(asked, 0, 'what was read is not read again');

      // A change of language is no new visit.
      await page.getByTestId('language').selectOption('ko');
      await until('the page speaks Korean', async () => await page.getByTestId('feed-heading').textContent() === '피드');
      assert.equal((await shown(page)).length, 13);

      // A link begins anew.
      await page.getByTestId('nav-post').click();
      await page.waitForURL('**/post');
      await page.getByTestId('nav-feed').click();
      await showsAll(page, pageSize);
      assert.equal(await page.evaluate(() => scrollY), 0);
    });

    test('posts that come meanwhile make no doubles, and are offered on return', async t => {
      const page = await openFeed(t, { screen: 'phone' });
      await page.goto('/');
      await showsAll(page, pageSize);
      const old = await everyId();
      const [added] = await publish(alice, clip, ['Came meanwhile']);
      await scrollThrough(page, 13);
      assert.deepEqual(await shown(page), old, 'nothing twice, nothing missing');

      // As when the reader has been in another tab for a minute.
      await page.clock.setFixedTime(Date.now() + 60_000);
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
      const place = await page.evaluate(() => scrollY);
      await page.getByTestId('feed-new').waitFor();
      assert.equal(await page.evaluate(() => scrollY), place, 'nothing moves by itself');
      await page.getByTestId('feed-new').click();
      await until('the new one is on top', async () => (await shown(page))[0] === added.feedId);
      await until('the page is at its top', () => page.evaluate(() => scrollY === 0));
      assert.equal(await page.getByTestId('feed-new').isVisible(), false);
    });

    for (const [language, sentence] of [['en', /connection/], ['ko', /연결할 수 없습니다/]]) {
      test(`a lost network is a sentence (${language}), and trying again helps`, async t => {
        const page = await openFeed(t, { language });
        expectProblem(page, /Failed to load resource/);
        await page.route(url => url.pathname === '/api/feeds', route => route.abort('internetdisconnected'));
        await page.goto('/');
        await page.getByTestId('feed-error').getByText(sentence).waitFor();
        assert.equal(await page.locator('.feed-skeleton').first().isVisible(), false);
        await page.unrouteAll();
        await page.getByTestId('feed-retry').click();
        await showsAll(page, 13);
        assert.equal(await page.getByTestId('feed-error').textContent(), '');
      });
    }

    test('a page that is refused keeps what is shown, and the rest comes once it can', async t => {
      const page = await openFeed(t, { screen: 'phone', language: 'ko' });
      expectProblem(page, /Failed to load resource/);
      await page.goto('/');
      await showsAll(page, pageSize);
      let refuse = true;
      await page.route(url => url.pathname === '/api/feeds' && url.searchParams.has('cursor'), route =>
        refuse ? route.fulfill(problem(400, 'INVALID_REQUEST')) : route.fallback());
      await until('the refusal is shown', async () => {
        await toTheEnd(page);
        return page.getByTestId('feed-error').getByText('요청을 이해하지 못했습니다').isVisible();
      });
      assert.ok((await shown(page)).length >= pageSize);
      refuse = false;
      await page.getByTestId('feed-retry').click();
      await scrollThrough(page, 13);
    });
  });
});
