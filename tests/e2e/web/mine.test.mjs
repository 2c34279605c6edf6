// "My videos": every state a video can be in, the post that was not submitted, and deletion.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '../support/processes.mjs';
import { startAll } from '../support/start-all.mjs';
import { expectProblem, startBrowser } from './support/browser.mjs';
import { feed, problem, publish, smallJobs, startJobThatStays, tinyClip, upload } from './support/posts.mjs';
import { startSite } from './support/site.mjs';

const markup = '<img src=x onerror="window.hit=1"> & <b>bold</b>\nsecond line';
const noVideo = Buffer.from('This is no video, whatever its name says.');

describe('My videos', () => {
  let site, browser, clip;

  before(async () => {
    [site, browser, clip] = await startAll([startSite(smallJobs, { storageProxy: true }), startBrowser(), tinyClip()]);
  });
  after(async () => {
    await browser?.stop();
    await site?.stop();
  });

  /** Somebody new, so that tests have nothing in common, and their page. */
  async function open(t, user, options = {}) {
    const page = await browser.newPage(t, { url: site.url, user, ...options });
    await page.goto('/mine');
    await page.getByTestId('mine-heading').waitFor();
    return page;
  }

  const row = (page, videoId) => page.locator(`[data-video-id="${videoId}"]`);
  const shown = page => page.getByTestId('mine-item').evaluateAll(items => items.map(item => item.dataset.videoId));
  /** The notices of posts are over, so that none stands before what a test clicks at. */
  const takeNotices = async (api, count) => {
    const { items } = await until('the notices are there', async () => {
      const list = await api.call('GET', 'notifications');
      return list.items.length === count && list;
    });
    for (const notice of items) await api.acknowledge(notice);
  };
  const isFocused = locator => locator.evaluate(element => element === document.activeElement);

  test('asks a visitor to sign in, and then shows that there is nothing yet', async t => {
    const page = await open(t, undefined);
    await page.getByTestId('mine-signed-out').waitFor();
    await page.getByTestId('mine-sign-in').click();
    await page.getByTestId('sign-in-name').fill('newcomer');
    await page.getByTestId('sign-in-go').click();
    await page.getByTestId('mine-empty').waitFor();
    assert.equal(await page.getByTestId('mine-empty-post').getAttribute('href'), '/post');
  });

  test('shows each state, and follows what changes without a reload', async t => {
    const api = await site.api('states');
    const waiting = (await api.ticket(clip.length, 'waiting.mp4')).videoId;
    const rejected = await upload(api, noVideo, 'rejected.mp4');
    const [posted] = await publish(api, clip, [markup]);
    const page = await open(t, 'states');

    await row(page, waiting).getByTestId('mine-go-on').waitFor();
    assert.equal(await row(page, waiting).getByTestId('mine-go-on').getAttribute('href'), '/post');
    assert.equal(await row(page, waiting).getByTestId('mine-name').textContent(), 'waiting.mp4');
    assert.equal(await row(page, waiting).getByTestId('mine-post-form').count(), 0);
    await row(page, rejected).getByTestId('mine-job-error').waitFor();
    assert.match(await row(page, rejected).getByTestId('mine-job-error').textContent(), /^This file is not a video\./);

    const ready = row(page, posted.videoId);
    assert.equal(await ready.getByTestId('mine-state').textContent(), 'Ready');
    assert.equal(await ready.getByTestId('mine-text').textContent(), markup);
    assert.equal(await ready.getByTestId('mine-text').locator('*').count(), 0);
    assert.equal(await page.evaluate(() => window.hit), undefined);
    assert.equal(await ready.getByTestId('mine-watch').getAttribute('href'), `/videos/${posted.videoId}`);

    // Uploaded elsewhere while the page is open: it comes by itself, and becomes ready by itself.
    const late = await upload(api, clip, 'late.mp4');
    await row(page, late).waitFor();
    await until('it is ready', async () => await row(page, late).getByTestId('mine-state').textContent() === 'Ready');
    assert.equal(await row(page, late).getByTestId('job-progress').count(), 0);
    assert.deepEqual((await shown(page)).at(0), late, 'the newest is on top');
  });

  test('shows the progress of a job that runs, and deletes it in the middle', async t => {
    const api = await site.api('runner');
    const { videoId, goOn } = await startJobThatStays(site, api, clip, 'long.mp4');
    t.after(goOn);
    const page = await open(t, 'runner');
    await row(page, videoId).getByTestId('job-progress').waitFor();
    assert.equal(await row(page, videoId).getByTestId('mine-state').textContent(), 'Being processed');

    await row(page, videoId).getByTestId('mine-delete').click();
    await page.getByTestId('mine-delete-dialog').getByText('stops').waitFor();
    await page.getByTestId('mine-delete-confirm').click();
    await page.getByTestId('mine-empty').waitFor();
    assert.equal((await api.send('GET', `videos/${videoId}`)).status, 404);
    assert.ok(await isFocused(page.getByTestId('mine-heading')), 'the focus is where reading goes on');
    assert.match(await page.getByTestId('mine-status').textContent(), /long\.mp4/);
  });

  test('a post that was not submitted can be submitted here', async t => {
    const api = await site.api('late');
    const videoId = await upload(api, clip, 'late.mp4');
    await api.completed(videoId);
    const page = await open(t, 'late');
    const form = row(page, videoId).getByTestId('mine-post-form');
    await form.getByTestId('mine-post-submit').click();
    await row(page, videoId).getByTestId('mine-post-error').getByText('Write a few words first.').waitFor();
    assert.ok(await isFocused(form.getByTestId('mine-post-text')));

    // What is typed outlives a change of language.
    await form.getByTestId('mine-post-text').fill(markup);
    await page.getByTestId('language').selectOption('ko');
    await row(page, videoId).getByText('아직 게시하지 않음').waitFor();
    assert.equal(await form.getByTestId('mine-post-text').inputValue(), markup);

    await form.getByTestId('mine-post-submit').click();
    await row(page, videoId).getByTestId('mine-text').waitFor();
    assert.equal(await row(page, videoId).getByTestId('mine-text').textContent(), markup);
    assert.ok(await isFocused(row(page, videoId).getByTestId('mine-text')));
    assert.equal(await page.evaluate(() => window.hit), undefined);
    await until('it is in the feed', async () => (await feed(api)).some(item => item.videoId === videoId && item.text === markup));
    assert.equal((await api.call('GET', `videos/${videoId}`)).post.text, markup);
  });

  test('a refusal is a sentence that stays, in both languages', async t => {
    const api = await site.api('refused');
    const [videoId, rejected] = [await upload(api, clip), await upload(api, noVideo)];
    await api.completed(videoId);
    const page = await open(t, 'refused', { language: 'ko' });
    expectProblem(page, /Failed to load resource/);
    await row(page, rejected).getByText('이 파일은 동영상이 아닙니다').waitFor();

    // Posted in another tab meanwhile, with another text.
    await api.post(videoId, 'The first');
    await row(page, videoId).getByTestId('mine-post-text').fill('The second');
    await row(page, videoId).getByTestId('mine-post-submit').click();
    await row(page, videoId).getByText('이미 다른 글과 함께 게시되었습니다').waitFor();
    await row(page, videoId).getByTestId('mine-text').waitFor();
    assert.equal(await row(page, videoId).getByTestId('mine-text').textContent(), 'The first');
    assert.ok(await row(page, videoId).getByTestId('mine-post-error').isVisible());

    let refuse = true;
    await page.route(url => url.pathname === '/api/videos', route =>
      refuse ? route.fulfill(problem(403, 'FORBIDDEN')) : route.continue());
    await page.reload();
    await page.getByTestId('mine-error').getByText('사이트에 업로드 권한을').waitFor();
    await page.getByTestId('language').selectOption('en');
    await page.getByTestId('mine-error').getByText('Your account may not do that.').waitFor();
    refuse = false;
    await page.getByTestId('mine-retry').click();
    await row(page, videoId).waitFor();
  });

  test('deletes what its owner confirms, also what is gone already', async t => {
    const api = await site.api('deleter');
    const posts = await publish(api, clip, ['one', 'two', 'three']);
    const [one, two, three] = posts.map(post => post.videoId);
    await takeNotices(api, 3);
    const page = await open(t, 'deleter');
    expectProblem(page, /Failed to load resource/);
    const button = row(page, two).getByTestId('mine-delete');

    await button.click();
    await until('keeping is what has the focus', () => isFocused(page.getByTestId('mine-delete-cancel')));
    await page.keyboard.press('Escape');
    await until('the focus is back', () => isFocused(button));
    await button.click();
    await page.getByTestId('mine-delete-cancel').click();
    await until('the focus is back', () => isFocused(button));
    assert.equal((await api.send('GET', `videos/${two}`)).status, 200, 'nothing is deleted yet');

    // A refusal stays in the dialog.
    let refuse = true;
    await page.route(url => url.pathname === `/api/videos/${two}`, route =>
      refuse && route.request().method() === 'DELETE' ? route.fulfill(problem(403, 'FORBIDDEN')) : route.continue());
    await button.click();
    await page.getByTestId('mine-delete-confirm').click();
    await page.getByTestId('mine-delete-error').getByText('Your account may not do that.').waitFor();
    refuse = false;
    await page.getByTestId('mine-delete-confirm').click();
    await row(page, two).waitFor({ state: 'detached' });
    assert.equal((await api.send('GET', `videos/${two}`)).status, 404);
    const focusIn = videoId => isFocused(row(page, videoId).getByTestId('mine-name'));
    await until('the focus is on the next one', async () => await focusIn(one) || await focusIn(three));
    assert.deepEqual((await feed(api)).filter(item => item.owner === 'deleter').map(item => item.videoId), [three, one]);

    await api.call('DELETE', `videos/${three}`);
    await row(page, three).getByTestId('mine-delete').click();
    await page.getByTestId('mine-delete-confirm').click();
    await row(page, three).waitFor({ state: 'detached' });
    assert.deepEqual(await shown(page), [one]);
  });

  test('reads more on scrolling, newest first', async t => {
    const api = await site.api('many');
    const tickets = [];
    for (let i = 0; i < 25; i++) tickets.unshift((await api.ticket(clip.length, `clip ${i}.mp4`)).videoId);
    const page = await open(t, 'many', { screen: 'phone' });
    await until('all are shown', async () => {
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      return (await shown(page)).length === 25;
    });
    assert.deepEqual(await shown(page), tickets);
  });
});
