// The player with MPEG-TS, for old players, and with a ladder that has several bitrates of one height.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makeClip } from '../support/clips.mjs';
import { until } from '../support/processes.mjs';
import { startBrowser } from './support/browser.mjs';
import { startNetwork } from './support/network.mjs';
import { assertPlaying, hurry, playbackOf } from './support/playing.mjs';
import { startSite } from './support/site.mjs';

describe('The player, with MPEG-TS and several bitrates of a height', () => {
  let site, browser, network, videoId;

  before(async () => {
    const ladder = [['480', '1500k'], ['240', '600k'], ['240', '150k']].flatMap(([shortSide, bitrate], index) => [
      [`Vod:Transcoding:Ladder:${index}:ShortSide`, shortSide], [`Vod:Transcoding:Ladder:${index}:Bitrate`, bitrate],
    ]);
    [site, browser, network] = await Promise.all([
      startSite({ 'Vod:Transcoding:Packaging': 'MpegTs', ...Object.fromEntries(ladder) }), startBrowser(), startNetwork(),
    ]);
    ({ videoId } = await site.publish('alice', await makeClip({ seconds: 30, size: '640x480' })));
  });
  after(async () => {
    await browser?.stop();
    await network?.stop();
    await site?.stop();
  });

  test('A film plays, and changes its quality', async t => {
    const page = await browser.newPage(t, { url: site.url });
    await page.goto(`/videos/${videoId}`);
    await page.getByTestId('player-start').click();
    await assertPlaying(page);
    await page.getByTestId('player-settings').click();
    for (const height of [240, 480]) {
      await page.getByTestId(`player-quality-${height}`).check();
      await page.getByTestId('player-seek').fill('0');
      await until(`the picture has ${height} lines`, async () => (await playbackOf(page)).height === height);
      await assertPlaying(page);
    }
  });

  test('A height that has several bitrates stands once in the menu, and adapts among them', async t => {
    network.shape({ mbps: 0.4, latencyMs: 20 });
    const page = await browser.newPage(t, { url: site.url, network });
    const loaded = [];
    page.on('request', request => {
      const [, level] = /\/(v\d+-\d+k)\/segment_/.exec(request.url()) ?? [];
      if (level) loaded.push(level);
    });
    await page.goto(`/videos/${videoId}`);
    await page.getByTestId('player-settings').click();
    await page.getByTestId('player-quality-480').waitFor();
    assert.equal(await page.getByTestId('player-settings-panel').getByRole('radio').count(), 3, 'Auto and two heights');
    await page.getByTestId('player-quality-240').check();
    await page.getByTestId('player-start').click();
    await until('it has run for a while', async () => (await playbackOf(page)).currentTime > 3);
    assert.deepEqual([...new Set(loaded)], ['v240-150k']);
    network.unshape();
    await until('the better bitrate is loaded', () => loaded.includes('v240-600k'));
    await hurry(page);
    await until('it is seen', async () => (await playbackOf(page)).currentTime > 20);
    assert.ok(!loaded.includes('v480-1500k'), 'nothing but the chosen height, however fast the network is');
    await page.getByTestId('player-settings').click();
    await page.getByTestId('player-quality-auto').check();
    await page.getByTestId('player-seek').fill('0');
    await assertPlaying(page);
  });
});
