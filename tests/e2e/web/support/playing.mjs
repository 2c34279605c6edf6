import assert from 'node:assert/strict';
import { until } from '../../support/processes.mjs';

/** What a `<video>` of the page shows now. */
export function playbackOf(page, selector = 'video') {
  return page.locator(selector).evaluate(video => {
    const quality = video.getVideoPlaybackQuality();
    const { buffered, currentTime } = video;
    let ahead = 0;
    for (let i = 0; i < buffered.length; i++) {
      if (buffered.start(i) <= currentTime && currentTime <= buffered.end(i)) ahead = buffered.end(i) - currentTime;
    }
    return {
      currentTime, ahead, paused: video.paused, ended: video.ended, width: video.videoWidth, height: video.videoHeight,
      frames: quality.totalVideoFrames, dropped: quality.droppedVideoFrames, error: video.error?.message ?? null,
    };
  });
}

/** Fails unless the film runs: its time and its decoded frames grow, and what is shown is a picture that moves. */
export async function assertPlaying(page, { selector = 'video', seconds = 1, limitSeconds = 300 } = {}) {
  const before = await playbackOf(page, selector);
  const first = await pictureOf(page, selector);
  const after = await until(`the film runs on for ${seconds} s`, async () => {
    const now = await playbackOf(page, selector);
    assert.equal(now.error, null);
    return now.currentTime >= before.currentTime + seconds && now.frames > before.frames && now;
  }, { seconds: limitSeconds });
  const last = await pictureOf(page, selector);
  assert.ok(Math.max(first.contrast, last.contrast) > 5, `the picture is no plain surface: ${JSON.stringify([first, last])}`);
  assert.notEqual(last.hash, first.hash, 'the picture has changed');
  return after;
}

/** Lets the film run faster from now on: for what comes only after many seconds of it. */
export const hurry = (page, rate = 4) => page.locator('video').evaluate((video, faster) => { video.playbackRate = faster; }, rate);

/** The picture as the browser paints it, small: how much its brightness varies (0: one colour), and a hash of it. */
export function pictureOf(page, selector = 'video') {
  return page.locator(selector).evaluate(video => {
    const canvas = new OffscreenCanvas(64, 36);
    const paint = canvas.getContext('2d');
    paint.drawImage(video, 0, 0, 64, 36);
    const { data } = paint.getImageData(0, 0, 64, 36);
    let sum = 0, squares = 0, hash = 0;
    for (let i = 0; i < data.length; i += 4) {
      const luma = 0.2126 * data[i] + 0.7152 * data[i + 1] + 0.0722 * data[i + 2];
      sum += luma;
      squares += luma * luma;
      hash = (hash * 31 + data[i] + data[i + 1] * 3 + data[i + 2] * 7) >>> 0;
    }
    const count = data.length / 4, mean = sum / count;
    return { contrast: Math.sqrt(Math.max(0, squares / count - mean * mean)), hash };
  });
}
