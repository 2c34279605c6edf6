// The player against the real host: real films, packaged by real jobs, in a real browser.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { BlockBlobClient } from '@azure/storage-blob';
import { makeClip } from '../support/clips.mjs';
import { until } from '../support/processes.mjs';
import { startAll } from '../support/start-all.mjs';
import { assertAccessible } from './support/accessibility.mjs';
import { expectProblem, startBrowser } from './support/browser.mjs';
import { startNetwork } from './support/network.mjs';
import { assertPlaying, hurry, pictureOf, playbackOf } from './support/playing.mjs';
import { startSite } from './support/site.mjs';

const lostNetwork = /ERR_INTERNET_DISCONNECTED|ERR_SOCKS|ERR_CONNECTION|ERR_PROXY|ERR_NETWORK|ERR_INCOMPLETE|ERR_TUNNEL/;

describe('The player', () => {
  let site, browser, network, clip, silent;

  before(async () => {
    [site, browser, network] = await startAll([startSite(), startBrowser(), startNetwork()]);
    clip = await site.publish('alice', await makeClip({ seconds: 14, size: '640x480' }), { text: 'By the sea <b>now</b>\n\nSecond line' });
    silent = await site.publish('alice', await makeClip({ seconds: 3, size: '360x640', sound: false }), { text: '세로 동영상' });
  });
  after(async () => {
    await browser?.stop();
    await network?.stop();
    await site?.stop();
  });

  const open = async (t, { videoId = clip.videoId, before, ...options } = {}) => {
    const page = await browser.newPage(t, { url: site.url, ...options });
    await before?.(page);
    await page.goto(`/videos/${videoId}`);
    return page;
  };
  const play = async page => {
    await page.getByTestId('player-start').click();
    await runs(page);
  };
  const runs = page => until('the film runs', async () => {
    const { currentTime, paused } = await playbackOf(page);
    return currentTime > 0 && !paused;
  });
  const timeIs = (page, what, holds) => until(what, async () => holds((await playbackOf(page)).currentTime));
  // On a page without a player: one that plays would write down what it measures itself.
  const remember = async (page, { at }) => {
    await page.goto('/');
    await page.evaluate(at => localStorage.setItem('vod.bandwidth', JSON.stringify({ bitsPerSecond: 50e6, at })), at);
  };
  const focusPage = page => page.evaluate(() => document.activeElement?.blur());

  test('A film plays with a moving picture, and its post stands below it as it was written', async t => {
    const page = await open(t);
    await play(page);
    await assertPlaying(page);
    assert.equal(await page.getByTestId('player-text').textContent(), 'By the sea <b>now</b>\n\nSecond line');
    assert.equal(await page.getByTestId('player-text').evaluate(text => text.innerText.split('\n').length), 3, 'line breaks are seen');
    assert.equal(await page.getByTestId('player-owner').textContent(), 'alice');
    assert.match(await page.title(), /^By the sea <b>now<\/b> · /);
    await hurry(page);
    await until('it ends', async () => (await playbackOf(page)).ended);
    assert.equal(await page.getByTestId('player-play').getAttribute('aria-label'), 'Play again');
    await page.getByTestId('player-play').click();
    await timeIs(page, 'it plays again from the start', time => time > 0 && time < 10);
  });

  test('A standing film without sound plays, whole within the player', async t => {
    const page = await open(t, { videoId: silent.videoId, screen: 'phone', language: 'ko' });
    await play(page);
    await assertPlaying(page, { seconds: 0.5 });
    const { width, height } = await playbackOf(page);
    assert.ok(height > width, `${width}x${height}`);
    const fits = await page.evaluate(() => {
      const player = document.querySelector('.player').getBoundingClientRect();
      return player.height <= innerHeight && player.width <= innerWidth && document.documentElement.scrollWidth <= innerWidth;
    });
    assert.ok(fits, 'the player is no larger than the screen');
  });

  test('Only the page of a film loads hls.js', async t => {
    const page = await browser.newPage(t, { url: site.url });
    const scripts = [];
    page.on('request', request => request.resourceType() === 'script' && scripts.push(new URL(request.url()).pathname));
    await page.goto('/');
    await page.getByTestId('feed-heading').waitFor();
    const isHls = path => /hls/.test(path);
    await page.waitForLoadState('networkidle');
    assert.deepEqual(scripts.filter(isHls), []);
    await page.goto(`/videos/${clip.videoId}`);
    await until('it is loaded', () => scripts.some(isHls));
  });

  test('Before play is pressed only the beginning is loaded, and its first picture is shown', async t => {
    const page = await open(t);
    await until('the beginning is there', async () => (await playbackOf(page)).ahead >= 3.5);
    await page.waitForLoadState('networkidle');
    const { ahead, currentTime, paused } = await playbackOf(page);
    assert.ok(ahead < 9, `${ahead} s`);
    assert.deepEqual([currentTime, paused], [0, true]);
    assert.ok((await pictureOf(page)).contrast > 5);
    await play(page);
    await until('then the rest is loaded', async () => {
      const playback = await playbackOf(page);
      return playback.currentTime + playback.ahead > 13;
    });
  });

  test('The seek bar goes to any place, by pointer and by keys, and says where it is', async t => {
    const page = await open(t);
    await play(page);
    const bar = page.getByTestId('player-seek');
    await bar.fill('10');
    await timeIs(page, 'it is at 10 s', time => time >= 10);
    await assertPlaying(page);
    await page.getByTestId('player-play').click();
    await bar.focus();
    await bar.press('Home');
    await timeIs(page, 'it is at the start', time => time === 0);
    await bar.press('ArrowRight');
    await timeIs(page, 'it is at 5 s', time => time === 5);
    assert.match(await bar.getAttribute('aria-valuetext'), /^0:05 of 0:14$/);
    await page.getByTestId('player-time').getByText('0:05 / 0:14').waitFor();
    const box = await bar.boundingBox();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await timeIs(page, 'it is in the middle', time => time > 6.5 && time < 7.5);
  });

  test('The keys do what their list says, and nothing while somebody fills in a form', async t => {
    const page = await open(t);
    await play(page);
    await focusPage(page);
    const video = expression => page.evaluate(`document.querySelector('video').${expression}`);
    await page.keyboard.press('k');
    await until('it is paused', () => video('paused'));
    await page.keyboard.press('5');
    await timeIs(page, 'it is in the middle', time => time > 6.9 && time < 7.1);
    await page.keyboard.press('ArrowLeft');
    await timeIs(page, '5 s back', time => time > 1.9 && time < 2.1);
    await page.keyboard.press('l');
    await timeIs(page, '10 s forward', time => time > 11.9 && time < 12.1);
    await page.keyboard.press('j');
    await timeIs(page, '10 s back', time => time > 1.9 && time < 2.1);
    await page.keyboard.press('m');
    assert.equal(await video('muted'), true);
    await page.getByTestId('player-status').getByText('Muted').waitFor();
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowDown');
    assert.deepEqual([await video('muted'), await video('volume')], [false, 0.9]);
    await page.keyboard.press('>');
    assert.equal(await video('playbackRate'), 1.25);
    await page.keyboard.press('<');
    assert.equal(await video('playbackRate'), 1);
    await page.keyboard.press('f');
    await until('it fills the screen', () => page.evaluate(() => document.fullscreenElement?.matches('.player')));
    await page.keyboard.press('f');
    await until('it does no more', () => page.evaluate(() => document.fullscreenElement === null));
    await page.keyboard.press('?');
    await page.getByTestId('player-keys').waitFor();
    await page.keyboard.press('k');
    assert.equal(await video('paused'), true, 'no key works behind the list');
    await page.getByTestId('player-keys-close').click();
    await page.getByTestId('language').focus();
    await page.keyboard.press('k');
    await page.keyboard.press(' ');
    await page.keyboard.press('Escape');
    assert.equal(await video('paused'), true, 'no key works in a field');
    await focusPage(page);
    await page.keyboard.press(' ');
    await until('it runs', async () => !(await video('paused')));
    await page.reload();
    await page.getByTestId('player-start').waitFor();
    assert.equal(await video('volume'), 0.9, 'the volume is remembered');
  });

  test('A quality can be chosen, and left to the network again', async t => {
    const page = await open(t);
    await play(page);
    await page.getByTestId('player-settings').click();
    for (const height of [240, 480]) {
      await page.getByTestId(`player-quality-${height}`).check();
      await until(`the picture has ${height} lines`, async () => (await playbackOf(page)).height === height);
      await page.getByTestId('player-seek').fill('0');
      await assertPlaying(page);
    }
    await page.getByTestId('player-quality-auto').check();
    await page.getByTestId('player-settings-panel').getByText('Automatic (480p)').waitFor();
    await page.getByTestId('player-speed').selectOption('2');
    assert.equal(await page.evaluate(() => document.querySelector('video').playbackRate), 2);
    await page.keyboard.press('Escape');
    await page.getByTestId('player-settings-panel').waitFor({ state: 'hidden' });
  });

  test('The statistics tell level, buffer, network and dropped frames', async t => {
    const page = await open(t);
    await play(page);
    await focusPage(page);
    await page.keyboard.press('i');
    const value = name => page.getByTestId(`player-statistics-${name}`).textContent();
    await until('the level is known', async () => /^(240|480)p, [\d.]+ Mbit\/s$/.test(await value('level')));
    assert.match(await value('buffer'), /^[\d.]+ s$/);
    await until('the network is measured', async () => /^[\d.,]+ Mbit\/s$/.test(await value('bandwidth')));
    assert.match(await value('dropped'), /^[\d,]+ of [\d,]+$/);
    await page.getByTestId('player-settings').click();
    await page.getByTestId('player-statistics-toggle').click();
    await page.getByTestId('player-statistics').waitFor({ state: 'hidden' });
  });

  test('The seek bar shows what is there, to the pointer and to the keyboard', async t => {
    const page = await open(t);
    const sheets = [];
    page.on('response', answer => answer.url().endsWith('storyboard.jpg') && sheets.push(answer.status()));
    await page.getByTestId('player-start').waitFor();
    const bar = page.getByTestId('player-seek'), preview = page.getByTestId('player-preview');
    const place = () => page.getByTestId('player-preview-picture').evaluate(picture => picture.style.backgroundPosition);
    const { width } = await bar.boundingBox();
    assert.deepEqual(sheets, [], 'nobody has asked for it yet');
    await bar.hover({ position: { x: width * 0.9, y: 10 } });
    await page.getByTestId('player-preview-picture').waitFor();
    await until('the sheet is there', () => sheets.includes(200));
    const atTheEnd = await place();
    await bar.hover({ position: { x: 10, y: 10 } });
    assert.notEqual(await place(), atTheEnd);
    await preview.getByText('0:00').waitFor();
    await page.mouse.move(5, 5);
    await preview.waitFor({ state: 'hidden' });
    await page.getByTestId('player-start').focus();
    await page.keyboard.press('Tab');
    await preview.waitFor();
    await page.keyboard.press('Tab');
    await preview.waitFor({ state: 'hidden' });
  });

  for (const knows of [true, false]) {
    test(`A film goes on by itself after a loss of the network that the browser ${knows ? 'knows' : 'does not know'} of`, async t => {
      t.after(() => network.goOnline());
      const page = await open(t, { network });
      expectProblem(page, lostNetwork);
      await until('the beginning is there', async () => (await playbackOf(page)).ahead >= 3.5);
      await page.waitForLoadState('networkidle');
      await network.goOffline(knows ? page : undefined);
      await page.getByTestId('player-start').click();
      await runs(page);
      await page.getByTestId('player-trouble').getByText('The connection is lost.').waitFor();
      const { currentTime } = await playbackOf(page);
      assert.ok(currentTime > 2, `what was loaded has been played: ${currentTime} s`);
      await network.goOnline(knows ? page : undefined);
      await timeIs(page, 'it goes on', time => time > currentTime + 1);
      await page.getByTestId('player-trouble').waitFor({ state: 'hidden' });
      await assertPlaying(page);
    });
  }

  test('What is not there is said in a plain sentence, and tried again when asked', async t => {
    const page = await open(t, {
      language: 'ko',
      before: async page => {
        expectProblem(page, /404/);
        await page.route('**/*.m3u8', route => route.fulfill({ status: 404, body: '' }));
      },
    });
    await page.getByTestId('player-trouble').getByText('이 동영상은 더 이상 없습니다.').waitFor();
    await page.unroute('**/*.m3u8');
    await page.getByTestId('player-retry').click();
    await page.getByTestId('player-trouble').waitFor({ state: 'hidden' });
    await play(page);
    await assertPlaying(page);
  });

  test('The first quality is the lowest, and what this browser measured the next time', async t => {
    const page = await browser.newPage(t, { url: site.url });
    let loaded = [];
    page.on('request', request => /seg_/.test(request.url()) && !/a128k/.test(request.url()) && loaded.push(request.url()));
    const firstSegment = async () => {
      loaded = [];
      await page.goto(`/videos/${clip.videoId}`);
      await until('a segment is asked for', () => loaded.length > 0);
      return loaded[0];
    };
    assert.match(await firstSegment(), /v240-/);
    await until('it is measured', () => page.evaluate(() => JSON.parse(localStorage.getItem('vod.bandwidth'))?.bitsPerSecond > 0));
    // So that this machine's own speed does not decide.
    await remember(page, { at: Date.now() });
    assert.match(await firstSegment(), /v480-/);
    await remember(page, { at: 0 });
    assert.match(await firstSegment(), /v240-/, 'what is old is not believed');
  });

  test('A first quality that the network no longer carries is given up for the lowest', async t => {
    t.after(() => network.unshape());
    const page = await browser.newPage(t, { url: site.url, network });
    await remember(page, { at: Date.now() });
    const loaded = [];
    page.on('request', request => /seg_/.test(request.url()) && !/a128k/.test(request.url()) && loaded.push(request.url()));
    await page.route(/v480.*seg_/, async route => {
      network.shape({ mbps: 0.3 });
      await route.continue();
    });
    let givenUp = false;
    page.on('requestfailed', request => {
      if (!/v480.*seg_/.test(request.url())) return;
      givenUp = true;
      network.unshape();
    });
    await page.goto(`/videos/${clip.videoId}`);
    await until('the lowest is asked for', () => loaded.some(url => /v240-/.test(url)));
    assert.match(loaded[0], /v480-/);
    assert.ok(givenUp, 'it was not loaded to its end');
    await play(page);
    await assertPlaying(page);
  });

  test('A browser without Media Source Extensions plays by itself', async t => {
    const page = await open(t, {
      before: page => page.addInitScript(() => {
        delete globalThis.MediaSource;
        delete globalThis.ManagedMediaSource;
      }),
    });
    await play(page);
    await assertPlaying(page);
    const scripts = await page.evaluate(() => performance.getEntriesByType('resource').map(each => each.name));
    assert.ok(await page.evaluate(() => document.querySelector('video').src.endsWith('master.m3u8')));
    assert.ok(!scripts.some(name => /hls-player/.test(name)), 'it needs no hls.js');
  });

  test('A browser that can play nothing is told so', async t => {
    const page = await open(t, {
      before: page => page.addInitScript(() => {
        delete globalThis.MediaSource;
        delete globalThis.ManagedMediaSource;
        HTMLMediaElement.prototype.canPlayType = () => '';
      }),
    });
    await page.getByTestId('player-trouble').getByText('This browser cannot play this video.').waitFor();
  });

  test('Not there, not yours and nonsense look the same', async t => {
    const api = await site.api('alice');
    const { videoId } = await api.ticket(1000);
    for (const [id, user] of [[randomBytes(16).toString('hex'), undefined], [videoId, 'bob'], ['x', 'bob']]) {
      const page = await open(t, { videoId: id, user, before: page => expectProblem(page, /40[04]/) });
      await page.getByTestId('player-not-there').getByText('There is no such video').waitFor();
      await assertAccessible(page);
      await page.getByTestId('player-not-there-feed').click();
      await page.getByTestId('feed-heading').waitFor();
    }
  });

  test('Its owner sees how far a video has come, and then the film, in place', async t => {
    const bytes = await makeClip({ seconds: 3 });
    const api = await site.api('alice');
    const { videoId, uploadUrl } = await api.ticket(bytes.length, 'mine.mp4');
    const page = await open(t, { videoId, user: 'alice' });
    await page.getByTestId('player-not-ready').waitFor();
    await new BlockBlobClient(uploadUrl).uploadData(bytes);
    await page.getByTestId('player-start').waitFor();
    await page.getByTestId('player-not-posted').waitFor();
    await play(page);
    await assertPlaying(page, { seconds: 0.5 });
  });

  test('The link can be copied', async t => {
    const page = await open(t);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByTestId('player-copy').click();
    await page.getByTestId('player-share-status').getByText('The link is copied.').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url());
  });

  for (const [theme, language, screen] of [['light', 'en', 'desktop'], ['dark', 'ko', 'phone']]) {
    test(`Nothing hinders people with other senses: ${theme}, ${language}, ${screen}`, async t => {
      const page = await open(t, { theme, language, screen });
      await page.getByTestId('player-start').waitFor();
      await assertAccessible(page);
      await play(page);
      await page.getByTestId('player-settings').click();
      await page.getByTestId('player-statistics-toggle').click();
      await assertAccessible(page);
      await page.getByTestId('player-help').click();
      await page.getByTestId('player-keys').waitFor();
      await assertAccessible(page);
      const untagged = await page.evaluate(() => [...document.querySelectorAll(
        'main a, main button, main input, main select, main textarea, main video, main [tabindex]')]
        .filter(each => !each.dataset.testid).map(each => each.outerHTML));
      assert.deepEqual(untagged, []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
    });
  }
});
