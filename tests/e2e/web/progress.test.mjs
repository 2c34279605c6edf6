// The live state of a job, from its upload to its end, by pushes and without them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '../support/processes.mjs';
import { startAll } from '../support/start-all.mjs';
import { assertAccessible } from './support/accessibility.mjs';
import { expectProblem, startBrowser } from './support/browser.mjs';
import { film } from './support/film.mjs';
import { startNetwork } from './support/network.mjs';
import { awaitedVideo, notAVideo, startNoticeSite } from './support/notices.mjs';

const order = ['loading', 'waiting', 'probe', 'transcode', 'publish', 'ready'];

describe('The progress of a job', () => {
  let scene, browser, clip;

  before(async () => { [scene, browser, clip] = await startAll([startNoticeSite(), startBrowser(), film()]); });
  after(async () => {
    await browser?.stop();
    await scene?.stop();
  });

  let users = 0;

  async function opened(t, bytes, options = {}) {
    const user = `uploader-${++users}`, video = await awaitedVideo(scene, user, { bytes });
    const page = await browser.newPage(t, { url: scene.url, user, ...options });
    expectProblem(page, /ERR_|Failed to load resource|WebSocket connection/);
    await page.addInitScript(() => {
      // Every state that the page shows, as it shows it.
      const history = globalThis.vodTestHistory = [];
      new MutationObserver(() => {
        const job = document.querySelector('[data-testid="job-progress"]');
        if (!job) return;
        const bars = [...job.querySelectorAll('progress[data-testid^="job-part-"]')];
        const parts = Object.fromEntries(bars.map(bar => [bar.dataset.testid, bar.value]));
        history.push({ phase: job.dataset.phase, parts, said: job.querySelector('[data-testid="job-status"]').textContent });
      }).observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
    });
    await page.goto(`/videos/${video.videoId}`);
    const job = page.getByTestId('job-progress');
    await job.waitFor();
    const history = () => page.evaluate(() => globalThis.vodTestHistory);
    // The film takes the place of its progress.
    const becomesFilm = () => page.locator('video').waitFor();
    const reaches = phase =>
      until(`the page shows ${phase}`, async () => (await history()).some(each => each.phase === phase));
    return { page, video, history, reaches, becomesFilm };
  }

  function assertForward(history) {
    const phases = history.map(each => order.indexOf(each.phase));
    assert.deepEqual(phases, [...phases].sort((a, b) => a - b), 'it goes from step to step and never back');
    for (const name of new Set(history.flatMap(each => Object.keys(each.parts)))) {
      const percents = history.map(each => each.parts[name]).filter(value => value !== undefined);
      assert.deepEqual(percents, [...percents].sort((a, b) => a - b), `${name} never goes back`);
    }
  }

  test('Each rendition and the sound move as they are made, and end', async t => {
    const network = await startNetwork();
    t.after(() => network.stop());
    const { page, video, history, reaches, becomesFilm } = await opened(t, clip, { network });
    await reaches('waiting');
    await until('it has connected', () => network.openWebSockets > 0);
    await video.upload();
    await reaches('transcode');
    await page.getByTestId('job-part-v240-500k').waitFor();
    assert.equal(await page.getByTestId('job-part-v240-500k').getAttribute('aria-label'), '240p');
    await assertAccessible(page);
    await becomesFilm();

    const all = await history();
    assertForward(all);
    for (const name of ['job-part-v240-500k', 'job-part-v64-100k', 'job-part-a128k']) {
      const seen = [...new Set(all.map(each => each.parts[name]).filter(value => value !== undefined))];
      assert.equal(seen.at(-1), 100, `${name}: ${seen}`);
      if (name.includes('-v')) assert.ok(seen.filter(value => value > 0 && value < 100).length > 1, `${name} moves: ${seen}`);
    }
    const said = [...new Set(all.map(each => each.said))];
    assert.ok(said.length < 12, `a screen reader hears of the steps and quarters: ${said}`);
    assert.ok(said.some(words => /Converting: \d+ %/.test(words)), said.join());
  });

  test('Without pushes it asks, and comes to the same end', async t => {
    const rule = scene.pushes.lose({ matches: request => request.headers.upgrade === 'websocket' });
    t.after(() => rule.release());
    const { video, history, reaches, becomesFilm } = await opened(t, clip);
    await reaches('waiting');
    await video.upload();
    await reaches('transcode');
    await becomesFilm();
    assertForward(await history());
  });

  test('While the site does not answer it says so, and goes on when it does', async t => {
    const network = await startNetwork();
    t.after(() => network.stop());
    const { page, video, history, reaches, becomesFilm } = await opened(t, scene.clip, { network });
    await reaches('waiting');
    await network.goOffline();
    await page.getByTestId('job-trouble').waitFor();
    await video.upload();
    await network.goOnline();
    await becomesFilm();
    assertForward(await history());
  });

  test('A job that failed ends in its sentence, and in what to do', async t => {
    const { page, video } = await opened(t, notAVideo, { language: 'ko' });
    await video.upload();
    const error = page.getByTestId('job-error');
    await error.waitFor();
    assert.match(await error.textContent(), /동영상이 아닙니다/);
    assert.equal(await page.getByTestId('job-upload-again').getAttribute('href'), '/post');
    await assertAccessible(page);
  });

  test('A video that is deleted meanwhile is gone', async t => {
    const { page, video, reaches } = await opened(t, scene.clip);
    await reaches('waiting');
    await video.api.call('DELETE', `videos/${video.videoId}`);
    await page.getByTestId('job-gone').waitFor();
  });
});
