// What the site is for, by two people at once: post, upload, progress, notice, play. One submits before the video is
// made, the other after; a third, whom nobody knows, finds both in the feed.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makeClip } from '../support/clips.mjs';
import { until } from '../support/processes.mjs';
import { startAll } from '../support/start-all.mjs';
import { noHost } from '../support/world.mjs';
import { startBrowser } from './support/browser.mjs';
import { assertPlaying } from './support/playing.mjs';
import { startSite } from './support/site.mjs';

describe('The whole story, two people at once', { skip: noHost }, () => {
  let site, browser, clip;

  before(async () => {
    [site, browser, clip] = await startAll([startSite(), startBrowser(), makeClip({ size: '640x360', seconds: 8 })]);
  });
  after(async () => {
    await browser?.stop();
    await site?.stop();
  });

  test('Alice submits at once, Bob when his video is made; both are told, play and are done', async t => {
    const [alice, bob] = await Promise.all(['alice', 'bob'].map(name => newAuthor(t, name)));
    await Promise.all([submitsAtOnce(alice), submitsLate(bob)]);

    const viewer = await browser.newPage(t, { url: site.url });
    await viewer.goto('/');
    for (const author of [alice, bob]) await viewer.getByTestId('feed-item').filter({ hasText: author.text }).waitFor();
    // Bob's was submitted last.
    assert.match(await viewer.getByTestId('feed-item').first().textContent(), /Bob/);
    await viewer.getByTestId('feed-link').last().click();
    await plays(viewer);
  });

  async function newAuthor(t, name) {
    const page = await browser.newPage(t, { url: site.url, user: name });
    return { name, page, api: await site.api(name), text: `A film by ${name === 'bob' ? 'Bob' : 'Alice'}` };
  }

  async function submitsAtOnce({ page, api, text }) {
    await page.goto('/post');
    await page.getByTestId('post-text').fill(text);
    await choose(page);
    await page.getByTestId('post-submit').click();
    const videoId = await videoOf(api);
    // The job's progress, live: something of it is under way before all of it has ended.
    await page.getByTestId('job-progress').waitFor();
    await ends(page, api, videoId, text);
  }

  async function submitsLate({ page, api, text }) {
    await page.goto('/post');
    await choose(page);
    const videoId = await videoOf(api);
    await api.completed(videoId);
    assert.equal((await api.call('GET', `videos/${videoId}`)).notification.status, 'PENDING', 'nobody is told before submit');
    assert.equal(await page.getByTestId('toast').count(), 0);
    await page.getByTestId('post-text').fill(text);
    await page.getByTestId('post-submit').click();
    await ends(page, api, videoId, text);
  }

  /** From the notice to the playing film, and both states. */
  async function ends(page, api, videoId, text) {
    const toast = page.getByTestId('toast');
    await toast.waitFor();
    assert.match(await toast.textContent(), new RegExp(text));
    await until('the notice is acknowledged', async () => {
      const { job, notification } = await api.call('GET', `videos/${videoId}`);
      assert.notEqual(job.status, 'ERROR');
      return job.status === 'COMPLETED' && notification.status === 'COMPLETED';
    });
    assert.equal(await toast.count(), 1, 'told once');
    await page.getByTestId('toast-link').click();
    await page.waitForURL(`**/videos/${videoId}`);
    await plays(page);
  }

  async function plays(page) {
    await page.getByTestId('player-start').click();
    await assertPlaying(page, { seconds: 2 });
  }

  async function choose(page) {
    await page.getByTestId('post-file').setInputFiles({ name: 'clip.mp4', mimeType: 'video/mp4', buffer: clip });
  }

  /** The only video that they have, once it is stored and its job has begun. */
  function videoOf(api) {
    return until('the job has begun', async () => {
      const { items: [video] } = await api.call('GET', 'videos?mine=true');
      return video?.job && video.videoId;
    });
  }
});
