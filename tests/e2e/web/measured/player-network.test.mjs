// What a viewer on a bad network sees. Network time is shaped, so these numbers hold on a slow machine as well.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '../../support/processes.mjs';
import { startAll } from '../../support/start-all.mjs';
import { startBrowser } from '../support/browser.mjs';
import { film } from '../support/film.mjs';
import { startNetwork } from '../support/network.mjs';
import { assertPlaying, playbackOf } from '../support/playing.mjs';
import { startSite } from '../support/site.mjs';

const all = process.env.VOD_TEST_ALL === '1';
const slow = { mbps: 1, latencyMs: 50 }, fast = { mbps: 20, latencyMs: 50 };

describe('The player on 1 Mbit/s', { skip: !all && 'long' }, () => {
  let site, browser, network, videoId;

  before(async () => {
    [site, browser, network] = await startAll([startSite(), startBrowser(), startNetwork()]);
    const { video } = await site.publish('alice', await film(), { seconds: 1800 });
    videoId = video.videoId;
    const peaks = video.playback.renditions.map(({ name, bitrate }) => `${name} ${bitrate}`);
    assert.ok(video.playback.renditions.every(({ name, bitrate }) => bitrate > 900 * Number(/-(\d+)k/.exec(name)[1])),
      `the film takes what the ladder allows: ${peaks}`);
  });
  after(async () => {
    await browser?.stop();
    await network?.stop();
    await site?.stop();
  });

  /** Opens the film on the slow network, and presses play: at once, or when all that loads before has been loaded. */
  async function watch(t, { settled }) {
    network.shape(slow);
    const page = await browser.newPage(t, { url: site.url, network });
    await page.addInitScript(observe);
    await page.goto(`/videos/${videoId}`);
    await page.getByTestId('player-start').waitFor();
    if (settled) await until('the beginning is there', async () => (await playbackOf(page)).ahead >= 3.5);
    await page.getByTestId('player-start').click();
    await until('the film runs', () => page.evaluate(() => globalThis.seen.runs));
    const { pressed, picture, runs } = await seenOn(page);
    t.diagnostic(`first picture ${seconds(picture - pressed)} after play was pressed, it runs after ${seconds(runs - pressed)}`);
    return page;
  }

  test('With the page open, the film runs within 3 s of pressing play, and does not stall for 30 s', async t => {
    const page = await watch(t, { settled: true });
    const { pressed, runs } = await seenOn(page);
    assert.ok(runs - pressed <= 3000, seconds(runs - pressed));
    await assertNoStall(t, page, 30);
  });

  test('Pressed before anything was loaded, it does not stall either', async t => {
    const page = await watch(t, { settled: false });
    await assertNoStall(t, page, 30);
  });

  test('When 20 Mbit/s are there it climbs to 720p', async t => {
    const page = await watch(t, { settled: true });
    await until('it has run for 10 s', async () => (await playbackOf(page)).currentTime >= 10);
    assert.equal((await playbackOf(page)).height, 240);
    const raised = await page.evaluate(() => performance.now());
    network.shape(fast);
    const climbed = await until('the picture has 720 lines', async () => {
      const { height, ended } = await playbackOf(page);
      assert.ok(!ended, 'the film has ended before');
      return height === 720 && page.evaluate(() => performance.now());
    });
    t.diagnostic(`720p ${seconds(climbed - raised)} after the network became better`);
    await assertPlaying(page);
    assertNeverStarved(t, await seenOn(page));
  });

  async function assertNoStall(t, page, span) {
    await until(`the film has run for ${span} s`, async () => (await playbackOf(page)).currentTime >= span);
    assertNeverStarved(t, await seenOn(page));
  }
});

/** Fails where the film stood for want of data. With data ahead it is the machine that is too busy to decode it. */
function assertNeverStarved(t, { stalls }) {
  const sum = list => list.reduce((total, { from, to }) => total + to - from, 0);
  const starved = stalls.filter(each => each.ahead < 0.5);
  t.diagnostic(`it stood ${starved.length} times for want of data, ${seconds(sum(starved))} in all; `
    + `${stalls.length - starved.length} times with data there, ${seconds(sum(stalls) - sum(starved))}`);
  // An element may say that it waits and go on in the same moment.
  assert.ok(sum(starved) < 100, JSON.stringify(stalls));
}

function seenOn(page) { return page.evaluate(() => globalThis.seen); }

function seconds(milliseconds) { return `${(Math.max(0, milliseconds) / 1000).toFixed(2)} s`; }

/** Runs in the page: notes when what is seen. */
function observe() {
  const seen = globalThis.seen = { pressed: null, picture: null, runs: null, stalls: [] };
  addEventListener('click', event => {
    if (event.target.closest?.('[data-testid=player-start]')) seen.pressed = performance.now();
  }, true);
  new MutationObserver((_, observer) => {
    const video = document.querySelector('video');
    if (!video) return;
    observer.disconnect();
    const onFrame = (_, { mediaTime }) => {
      seen.picture ??= performance.now();
      if (mediaTime > 0) seen.runs ??= performance.now();
      if (!seen.runs) video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
    const ahead = () => {
      const { buffered, currentTime } = video;
      for (let i = 0; i < buffered.length; i++) {
        if (buffered.start(i) <= currentTime && currentTime <= buffered.end(i)) return buffered.end(i) - currentTime;
      }
      return 0;
    };
    let waits = null;
    video.addEventListener('waiting', () => { if (seen.runs) waits = { from: performance.now(), ahead: ahead() }; });
    video.addEventListener('playing', () => {
      if (waits) seen.stalls.push({ ...waits, to: performance.now() });
      waits = null;
    });
  }).observe(document, { subtree: true, childList: true });
}
