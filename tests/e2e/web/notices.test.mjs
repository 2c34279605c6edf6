// "Your video is ready": every notice is shown once, whatever network, tabs and reloads do, and acknowledged.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '../support/processes.mjs';
import { startAll } from '../support/start-all.mjs';
import { assertAccessible } from './support/accessibility.mjs';
import { expectProblem, startBrowser } from './support/browser.mjs';
import { startNetwork } from './support/network.mjs';
import {
  awaitedVideo, hide, notAVideo, prepareHiding, recordBrowserNotices, startNoticeSite, timesReceived, timesShown,
  watchToasts,
} from './support/notices.mjs';

const failedRequests = /ERR_|Failed to load resource|WebSocket connection/;

describe('Notices on the page', () => {
  let scene, browser;

  before(async () => { [scene, browser] = await startAll([startNoticeSite(), startBrowser()]); });
  after(async () => {
    await browser?.stop();
    await scene?.stop();
  });

  let users = 0;
  const newUser = () => `viewer-${++users}`;

  /** Somebody who waits for a video, with a page open that pushes reach. */
  async function waiting(t, { text, bytes, path = '/', prepare, ...options } = {}) {
    const user = newUser(), network = await startNetwork();
    t.after(() => network.stop());
    const video = await awaitedVideo(scene, user, { text, bytes });
    const page = await browser.newPage(t, { url: scene.url, user, network, ...options });
    expectProblem(page, failedRequests);
    const watch = await watchToasts(page);
    await prepare?.(page);
    await page.goto(path);
    await connected(network);
    return { user, network, video, page, watch };
  }

  const connected = (network, count = 1) =>
    until(`${count} page(s) have connected`, () => network.openWebSockets >= count);
  const toastOf = (page, { videoId }) => page.locator(`[data-testid="toast"][data-notice^="${videoId}-"]`);
  /** So that what would come twice has had its chance: the record is settled, and the page has read the list since. */
  async function readsList(page) {
    const read = page.waitForResponse(answer => answer.url().includes('/notifications?') && answer.ok());
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await read;
    await page.evaluate(() => new Promise(resolve => { setTimeout(resolve); }));
  }

  /** Lets the page's clock, which the test has installed, run on by half minutes until its list has brought the notice. */
  const listBrings = (page, video) => until('the list brings the notice', async () => {
    await page.clock.fastForward(30_000);
    return await toastOf(page, video).count() > 0;
  });

  /** The page, which still waits for another video, is connected again, and what is pushed arrives there. */
  async function assertPushed({ page, network, watch, next, opened }) {
    await until('it has connected again', () => network.webSockets > opened && network.openWebSockets > 0);
    await next.upload();
    await until('the next notice is pushed', () => timesReceived(watch, page, next.videoId) > 0);
    await next.noticeIs('COMPLETED');
    await readsList(page);
    assert.equal(timesShown(watch, next.videoId), 1);
  }

  test('A video that is ready is told once, by the title of its post, and acknowledged', async t => {
    const { page, watch, video } = await waiting(t, { text: '<b>My cat</b> & I\nand more' });
    const errors = page.getByTestId('toasts').getByRole('alert');
    assert.equal(await errors.count(), 1, 'the regions that a screen reader listens to are there before there is anything');
    await video.upload();

    const toast = toastOf(page, video);
    await toast.waitFor();
    assert.match(await toast.textContent(), /Your video is ready/);
    assert.equal(await toast.getByTestId('toast-post').textContent(), '<b>My cat</b> & I');
    assert.equal(await page.getByTestId('toasts').getByRole('status').getByTestId('toast').count(), 1);
    await assertAccessible(page);
    await video.noticeIs('COMPLETED');
    await readsList(page);
    assert.equal(timesShown(watch, video.videoId), 1);

    await toast.getByTestId('toast-link').click();
    await page.waitForURL(`**/videos/${video.videoId}`);
    assert.equal(await toast.count(), 0, 'who has followed it need not close it');
  });

  test('A page that has nothing to wait for keeps no connection', async t => {
    const network = await startNetwork(), user = newUser();
    t.after(() => network.stop());
    const page = await browser.newPage(t, { url: scene.url, user, network });
    const read = page.waitForResponse(answer => answer.url().includes('mine=true'));
    await page.goto('/');
    await read;
    await readsList(page);
    assert.equal(network.webSockets, 0);
  });

  test('Why a video failed, and what to do, is told in both languages', async t => {
    const { page, watch, video } = await waiting(t, { bytes: notAVideo });
    await video.upload();
    const toast = toastOf(page, video), why = toast.getByTestId('toast-why');
    await toast.waitFor();
    assert.match(await why.textContent(), /not a video/);
    assert.equal(await page.getByTestId('toasts').getByRole('alert').getByTestId('toast').count(), 1);
    assert.equal(await toast.getByTestId('toast-link').getAttribute('href'), '/post');
    assert.equal(timesShown(watch, video.videoId), 1);

    await page.getByTestId('language').selectOption('ko');
    assert.match(await why.textContent(), /동영상이 아닙니다/);
    await video.noticeIs('COMPLETED');
    await assertAccessible(page);
  });

  test('Several stand together; the keyboard closes one after the other', async t => {
    const { user, page, watch, video } = await waiting(t);
    const second = await awaitedVideo(scene, user, { bytes: notAVideo, text: 'Another' });
    await Promise.all([video.upload(), second.upload()]);
    await until('both are shown', () => timesShown(watch, video.videoId) + timesShown(watch, second.videoId) === 2);

    const close = page.getByTestId('toast-close');
    await close.first().focus();
    await page.keyboard.press('Enter');
    await until('one is closed', async () => await close.count() === 1);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'toast-close');
    await page.keyboard.press('Escape');
    await until('the other is closed', async () => await close.count() === 0);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'MAIN');
  });

  test('The connection is cut while the job ends: the notice arrives once', async t => {
    const { user, page, network, watch, video } = await waiting(t);
    const next = await awaitedVideo(scene, user), opened = network.webSockets;
    network.cut({ webSocketsOnly: true });
    await video.upload();
    await toastOf(page, video).waitFor();
    await video.noticeIs('COMPLETED');
    await assertPushed({ page, network, watch, next, opened });
    assert.equal(timesShown(watch, video.videoId), 1);
  });

  for (const knows of [true, false]) {
    test(`The network is gone while the job ends, ${knows ? 'and' : 'but'} the browser ${knows ? 'knows' : 'does not know'}`, async t => {
      const { user, page, network, watch, video } = await waiting(t);
      const next = await awaitedVideo(scene, user), opened = network.webSockets;
      await network.goOffline(knows ? page : undefined);
      await video.upload();
      await video.noticeIs('SENT');
      assert.equal(watch.shown.length, 0);
      await network.goOnline(knows ? page : undefined);

      await toastOf(page, video).waitFor();
      await video.noticeIs('COMPLETED');
      await assertPushed({ page, network, watch, next, opened });
      assert.equal(timesShown(watch, video.videoId), 1);
    });
  }

  test('What ended while no page was open is told on return, once', async t => {
    const { page, watch, video } = await waiting(t);
    const context = page.context();
    await page.close();
    await video.upload();
    await video.noticeIs('SENT');

    const back = await context.newPage();
    await back.goto('/mine');
    await toastOf(back, video).waitFor();
    await video.noticeIs('COMPLETED');
    const later = await context.newPage();
    await later.goto('/');
    await readsList(later);
    assert.equal(timesShown(watch, video.videoId), 1);
  });

  test('Of two tabs one tells it, and after a reload none', async t => {
    const { page, network, watch, video } = await waiting(t);
    const other = await page.context().newPage();
    await other.goto('/');
    await connected(network, 2);
    await page.context().route('**/ack', route => route.abort());
    await video.upload();
    for (const each of [page, other]) {
      await until('each tab gets it, and again', () => timesReceived(watch, each, video.videoId) > 1);
    }
    assert.equal(timesShown(watch, video.videoId), 1);
    assert.equal(await toastOf(page, video).count() + await toastOf(other, video).count(), 1);

    for (const each of [page, other]) {
      await each.reload();
      await readsList(each);
    }
    assert.equal(timesShown(watch, video.videoId), 1);
    await page.context().unroute('**/ack');
    await video.noticeIs('COMPLETED');
  });

  test('The answer to the acknowledgement is lost: it is repeated, and nothing is told twice', async t => {
    const { page, watch, video } = await waiting(t);
    let asked = 0, answered = 0;
    await page.context().route('**/ack', async route => {
      asked++;
      if (asked <= 2) {
        await route.fetch();
        return route.abort();
      }
      const answer = await route.fetch();
      answered = answer.status();
      await route.fulfill({ response: answer });
    });
    await video.upload();
    await until('an acknowledgement is answered', () => answered > 0);
    assert.equal(answered, 204);
    await video.noticeIs('COMPLETED');
    assert.equal(timesShown(watch, video.videoId), 1);
  });

  test('What is still to be acknowledged is remembered when the page is closed', async t => {
    const { page, watch, video } = await waiting(t);
    const context = page.context();
    await context.route('**/ack', route => route.abort());
    await video.upload();
    await toastOf(page, video).waitFor();
    await until('it comes again', () => timesReceived(watch, page, video.videoId) > 1);
    await page.close();
    await context.unroute('**/ack');

    // Neither the list nor a push reminds the next page.
    await context.route(/\/api\/notifications(\?|\/connect)/, route => route.abort());
    const back = await context.newPage();
    await back.goto('/');
    await video.noticeIs('COMPLETED');
    assert.equal(timesShown(watch, video.videoId), 1);
  });

  test('Where no WebSocket gets through, the list is asked', async t => {
    const rule = scene.pushes.lose({ matches: request => request.headers.upgrade === 'websocket' });
    t.after(() => rule.release());
    const user = newUser(), video = await awaitedVideo(scene, user);
    const page = await browser.newPage(t, { url: scene.url, user });
    expectProblem(page, failedRequests);
    const watch = await watchToasts(page);
    await page.clock.install();
    await page.goto('/');
    await until('it has tried', () => rule.count > 0);
    await video.upload();
    await video.noticeIs('SENT');
    await listBrings(page, video);
    await video.noticeIs('COMPLETED');
    assert.equal(timesShown(watch, video.videoId), 1);
    assert.equal(watch.received.length, 0);
  });

  test('Who submits on a page that no WebSocket reaches is told, too', async t => {
    const rule = scene.pushes.lose({ matches: request => request.headers.upgrade === 'websocket' });
    t.after(() => rule.release());
    const user = newUser(), video = await awaitedVideo(scene, user, { text: null });
    await video.upload();
    await video.api.completed(video.videoId);
    const page = await browser.newPage(t, { url: scene.url, user });
    expectProblem(page, failedRequests);
    const watch = await watchToasts(page);
    await page.clock.install();
    await page.goto('/mine');
    await page.getByTestId('mine-post-text').fill('My cat');
    assert.equal(rule.count, 0, 'there was nothing to wait for');
    await page.getByTestId('mine-post-submit').click();
    await video.noticeIs('SENT');
    await listBrings(page, video);
    await video.noticeIs('COMPLETED');
    assert.equal(timesShown(watch, video.videoId), 1);
  });

  test('Nobody is told of another’s video', async t => {
    const alice = await waiting(t), bob = await waiting(t);
    await alice.video.upload();
    await toastOf(alice.page, alice.video).waitFor();
    await bob.video.upload();
    await toastOf(bob.page, bob.video).waitFor();
    assert.deepEqual([alice, bob].map(each => each.watch.shown.length), [1, 1]);
  });

  test('Who signs in after another sees what is theirs, and the other what is still new', async t => {
    const { user, page, watch, video } = await waiting(t);
    const other = newUser(), others = await awaitedVideo(scene, other);
    await video.upload();
    await toastOf(page, video).waitFor();
    await video.noticeIs('COMPLETED');
    await others.upload();
    await others.noticeIs('SENT');

    const signIn = async name => {
      await page.getByTestId('sign-in').click();
      await page.getByTestId('sign-in-name').fill(name);
      await page.getByTestId('sign-in-go').click();
      await page.getByTestId('user-name').waitFor();
    };
    await page.getByTestId('sign-out').click();
    await until('the toast goes with its user', async () => await page.getByTestId('toast').count() === 0);
    await signIn(other);
    await toastOf(page, others).waitFor();
    await others.noticeIs('COMPLETED');

    await page.getByTestId('sign-out').click();
    await signIn(user);
    await readsList(page);
    assert.deepEqual([timesShown(watch, video.videoId), timesShown(watch, others.videoId)], [1, 1]);
    assert.equal(await page.getByTestId('toast').count(), 0);
  });

  test('A page that nobody looks at leaves a notice to the next look', async t => {
    const { page, watch, video } = await waiting(t, { prepare: each => prepareHiding(each.context()) });
    await hide(page);
    await video.upload();
    await until('it was pushed twice', () => timesReceived(watch, page, video.videoId) > 1);
    assert.equal(watch.shown.length, 0);
    await video.noticeIs('SENT');
    await hide(page, false);
    await toastOf(page, video).waitFor();
    await video.noticeIs('COMPLETED');
    assert.equal(timesShown(watch, video.videoId), 1);
  });

  test('The browser tells it, once, where it may and nobody looks; a click leads to the video', async t => {
    const { page, watch, video } = await waiting(t, {
      text: 'My cat',
      prepare: async each => {
        await prepareHiding(each.context());
        await recordBrowserNotices(each.context(), 'granted');
      },
    });
    await hide(page);
    await video.upload();
    await video.noticeIs('COMPLETED');
    await readsList(page);
    const told = await page.evaluate(() => globalThis.vodTestNotices.map(({ title, body, tag }) => ({ title, body, tag })));
    assert.deepEqual(told, [{ title: 'Your video is ready', body: 'My cat', tag: watch.shown[0] }]);
    assert.equal(timesShown(watch, video.videoId), 1);
    await page.evaluate(() => globalThis.vodTestNotices[0].onclick());
    await page.waitForURL(`**/videos/${video.videoId}`);
  });

  test('To be told by the browser is offered, and asked for by a click alone', async t => {
    const { page, video } = await waiting(t, { prepare: each => recordBrowserNotices(each.context(), 'default') });
    await page.goto(`/videos/${video.videoId}`);
    const button = page.getByTestId('notify-me');
    await button.waitFor();
    assert.equal(await page.evaluate(() => globalThis.vodTestAsked), 0);
    await button.click();
    await button.waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => globalThis.vodTestAsked), 1);
  });
});
