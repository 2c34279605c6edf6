// What holds for every page: in both languages, light and dark, on a desk and on a phone.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeClip } from '../support/clips.mjs';
import { until } from '../support/processes.mjs';
import { startAll } from '../support/start-all.mjs';
import { assertAccessible } from './support/accessibility.mjs';
import { expectProblem, startBrowser } from './support/browser.mjs';
import { publish, smallJobs, startJobThatStays, upload } from './support/posts.mjs';
import { startSite } from './support/site.mjs';
import { isDocumented, testIds, withoutTestId } from './support/test-ids.mjs';

const screenshots = fileURLToPath(new URL('../../../artifacts/screenshots/', import.meta.url));
const desk = { screen: 'desk', width: 1280 }, phone = { screen: 'phone', width: 360 };
const light = { theme: 'light' }, dark = { theme: 'dark' };
const everyLook = [desk, phone].flatMap(screen => [light, dark].map(theme => ({ ...screen, ...theme })));
// Everything is seen once at least; `./dev test --all` sees all of it in every way.
const looks = process.env.VOD_TEST_ALL === '1'
  ? { en: everyLook, ko: everyLook }
  : { en: [{ ...desk, ...light }, { ...phone, ...dark }], ko: [{ ...phone, ...light }, { ...desk, ...dark }] };
const noVideo = Buffer.from('This is no video, whatever its name says.');
const texts = [
  'Our holiday by the sea', '제주도에서 보낸 여름 휴가\n바다가 정말 예뻤어요', '<b>Not bold</b> & <script>alert(1)</script>',
  'A text that goes on for so long that a card cannot show it: we were up before the sun and walked until noon',
];

describe('Every page', () => {
  let site, browser, posts, jobs, pages;

  before(async () => {
    const settings = { ...smallJobs, 'Vod:Transcoding:Ladder:0:ShortSide': '240', 'Vod:Transcoding:Ladder:0:Bitrate': '500k' };
    let clips;
    [site, browser, ...clips] = await startAll([startSite(settings, { storageProxy: true }), startBrowser(),
      makeClip({ size: '426x240', seconds: 2 }), makeClip({ size: '240x426', seconds: 1 })]);
    const api = await site.api('김민수');
    posts = await publish(api, clips[0], texts);
    const states = await site.api('Anna');
    const [portrait] = await publish(states, clips[1], ['Upright']);
    jobs = {
      waiting: (await states.ticket(1000, 'IMG_20260302_184455_a_name_as_cameras_make_them.mov')).videoId,
      rejected: await upload(states, noVideo, 'letter.mp4'),
      unposted: await upload(states, clips[0], 'concert.mp4'),
      running: await startJobThatStays(site, states, clips[0], 'wedding.mp4'),
    };
    await states.completed(jobs.unposted);
    // Nobody is looking: what had to be told is told, so that no toast stands before a page.
    for (const each of [api, states]) {
      await until('the notices are there', async () => {
        const { items } = await each.call('GET', 'notifications');
        for (const notice of items) await each.acknowledge(notice);
        const own = (await each.call('GET', 'videos?mine=true')).items.filter(video => video.post);
        return own.every(video => video.notification.status === 'COMPLETED');
      });
    }
    await mkdir(screenshots, { recursive: true });
    pages = [
      { name: 'feed', path: '/', shown: 'feed-item' },
      { name: 'post', path: '/post', user: 'Anna', shown: 'post-choose' },
      { name: 'post-visitor', path: '/post', shown: 'post-sign-in' },
      { name: 'mine', path: '/mine', user: 'Anna', shown: 'mine-item' },
      { name: 'mine-visitor', path: '/mine', shown: 'mine-sign-in' },
      { name: 'mine-empty', path: '/mine', user: 'Newcomer', shown: 'mine-empty' },
      { name: 'mine-delete', path: '/mine', user: 'Anna', shown: 'mine-item', click: 'mine-delete', then: 'mine-delete-dialog' },
      { name: 'video', path: `/videos/${posts[1].videoId}`, user: '김민수', shown: 'player-video' },
      { name: 'video-upright', path: `/videos/${portrait.videoId}`, shown: 'player-video' },
      { name: 'video-running', path: `/videos/${jobs.running.videoId}`, user: 'Anna', shown: 'job-progress' },
      { name: 'video-rejected', path: `/videos/${jobs.rejected}`, user: 'Anna', shown: 'job-error' },
      { name: 'video-not-there', path: `/videos/${'0'.repeat(32)}`, shown: 'player-not-there', problems: true },
      { name: 'sign-in', path: '/', shown: 'feed-item', click: 'sign-in', then: 'sign-in-dialog' },
      { name: 'not-found', path: '/nowhere', shown: 'not-found' },
    ];
  });
  after(async () => {
    jobs?.running.goOn();
    await browser?.stop();
    await site?.stop();
  });

  async function open(t, { path, user, shown, click, then, problems }, language = 'en', pageOf = newPage) {
    const page = await pageOf(t, { user, language, problems });
    if (problems) expectProblem(page, /Failed to load resource/);
    const answer = await page.goto(path);
    await page.getByTestId(shown).first().waitFor();
    if (click) await page.getByTestId(click).first().click();
    if (then) await page.getByTestId(then).waitFor();
    return { page, answer };
  }

  const newPage = (t, { user, language }) => browser.newPage(t, { url: site.url, user, language });

  /** Of whom a test has opened a page, that goes on: a profile anew takes longer than a page. What reports problems has its own. */
  function pagesOf(t) {
    const opened = new Map();
    return async (inner, who) => {
      if (who.problems) return newPage(inner, who);
      if (!opened.has(who.user)) opened.set(who.user, await newPage(t, who));
      const page = opened.get(who.user);
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.emulateMedia({ colorScheme: 'light' });
      return page;
    };
  }

  const settled = page => page.waitForFunction(
    () => [...document.images].every(image => image.complete || image.loading === 'lazy'));

  for (const language of ['en', 'ko']) {
    test(`is accessible, fits and is documented (${language})`, async t => {
      const pageOf = pagesOf(t);
      for (const each of pages) {
        await t.test(each.name, async t => {
          const { page, answer } = await open(t, each, language, pageOf);
          assert.match(answer.headers()['content-security-policy'], /^default-src 'none'; script-src 'self'; style-src 'self';/);
          assert.equal(await page.locator('html').getAttribute('lang'), language);
          for (const { screen, width, theme } of looks[language]) {
            await page.setViewportSize({ width, height: 800 });
            await page.emulateMedia({ colorScheme: theme });
            await settled(page);
            await page.screenshot({ path: `${screenshots}${each.name}-${language}-${screen}-${theme}.png` });
            const what = `${each.name}, ${screen}, ${theme}`;
            const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.equal(tooWide, 0, `${what} fits its width`);
            await assertAccessible(page, { any: true });
          }
          assert.deepEqual(await withoutTestId(page), [], 'everything that people act on has a test id');
          assert.deepEqual((await testIds(page)).filter(id => !isDocumented(id)), [], 'docs/web.md lists each test id');
        });
      }
    });
  }

  test('the keyboard reaches everything in the order of the page, and shows where it is', async t => {
    const pageOf = pagesOf(t);
    for (const each of pages.filter(({ click }) => !click)) {
      await t.test(each.name, async t => {
        const { page } = await open(t, each, 'en', pageOf);
        const controls = 'a[href], button, input, select, textarea, [tabindex="0"]';
        const expected = await page.evaluate(selector => [...document.querySelectorAll(selector)]
          .filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && element.tabIndex >= 0)
          .map(element => element.dataset.testid), controls);
        const reached = [];
        for (let i = 0; i < expected.length; i++) {
          await page.keyboard.press('Tab');
          const { id, marked } = await page.evaluate(() => {
            const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
            return {
              id: document.activeElement.dataset.testid,
              marked: (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none',
            };
          });
          assert.ok(marked, `${id} shows that it has the focus`);
          reached.push(id);
        }
        assert.deepEqual(reached, expected);
        assert.equal(reached[0], 'skip-link');
      });
    }
  });

  test('the skip link leads past the navigation', async t => {
    const { page } = await open(t, pages[0]);
    await page.keyboard.press('Tab');
    assert.ok(await page.getByTestId('skip-link').evaluate(link => link.getBoundingClientRect().top >= 0), 'it is seen');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'feed-link');
  });

  test('language and colours stay as they were chosen', async t => {
    const { page } = await open(t, pages[0]);
    await page.getByTestId('language').selectOption('ko');
    await page.getByTestId('theme').selectOption('dark');
    await until('the page speaks Korean', async () => await page.getByTestId('feed-heading').textContent() === '피드');
    const look = () => page.evaluate(() => [document.documentElement.lang, getComputedStyle(document.body).backgroundColor]);
    const chosen = await look();
    await page.reload();
    await page.getByTestId('feed-item').first().waitFor();
    assert.deepEqual(await look(), chosen);
    assert.equal(chosen[0], 'ko');
    assert.equal(await page.getByTestId('theme').inputValue(), 'dark');
  });
});
