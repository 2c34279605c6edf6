// What is published, fetched over HTTP as a player does, and judged by readers that we did not write.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from './support/processes.mjs';
import { publish } from './support/published.mjs';
import { readers } from './support/readers.mjs';
import { noHost } from './support/world.mjs';

const all = process.env.VOD_TEST_ALL === '1';
const checkHls = fileURLToPath(new URL('../../tools/check-hls/main.mjs', import.meta.url));
const forEver = 'public, max-age=31536000, immutable';

const cases = [
  { packaging: 'Cmaf', size: '480x270', rate: 25, seconds: 25, renditions: 2 },
  { packaging: 'MpegTs', size: '1280x720', rate: 25, seconds: 5, renditions: 3 },
  { packaging: 'Cmaf', size: '1280x720', rate: 30, seconds: 25, renditions: 3, long: true },
  { packaging: 'MpegTs', size: '720x1280', rate: '30000/1001', seconds: 31, renditions: 3, long: true },
];

for (const { packaging, renditions, long, ...clip } of cases) {
  const title = `${packaging}, ${clip.size}, ${clip.seconds} s`;
  describe(`Published as ${title}`, { skip: noHost || (long && !all && 'long') }, () => {
    const isTs = packaging === 'MpegTs';
    let published, text, read, playlists;

    before(async () => {
      published = await publish(clip, { 'Vod:Transcoding:Packaging': packaging });
      text = await fetchText(published.master);
      read = readers['hls-parser'].master(text);
      playlists = await Promise.all([...read.variants, ...read.iframes, ...read.audio.map(uri => ({ uri }))].map(async ({ uri }) => {
        const url = new URL(uri, published.master).href;
        const body = await fetchText(url);
        return { url, body, media: readers['hls-parser'].media(body) };
      }));
    });
    after(() => published?.world.stop());

    const whole = () => playlists.filter(({ media }) => !media.iframesOnly);
    const iframes = () => playlists.filter(({ media }) => media.iframesOnly);
    const segmentUrls = () => new Map(playlists.flatMap(({ url, media }) =>
      media.segments.flatMap(each => [each.uri, each.map].filter(Boolean).map(uri => [new URL(uri, url).href, url]))));

    test('hls-parser and m3u8-parser read the same', () => {
      assert.deepEqual(readers['m3u8-parser'].master(text), read);
      for (const { body, media } of playlists) assert.deepEqual(readers['m3u8-parser'].media(body), media);
    });

    test('The master playlist names each rendition with what a player must know, 720p never first', () => {
      assert.equal(read.variants.length, renditions);
      assert.equal(read.iframes.length, renditions);
      assert.equal(read.audio.length, isTs ? 0 : 1);
      assert.ok(read.independentSegments);
      const frames = framesPerSecond(clip.rate);
      for (const variant of read.variants) {
        assert.match(variant.codecs, /^avc1\.64[0-9a-f]{4},mp4a\.40\.2$/);
        assert.ok(Math.abs(variant.frameRate - frames) < 0.001, `${variant.frameRate}`);
        assert.ok(variant.averageBandwidth <= variant.bandwidth);
      }
      for (const iframe of read.iframes) assert.match(iframe.codecs, /^avc1\.64[0-9a-f]{4}$/);
      const [width, height] = clip.size.split('x').map(Number);
      assert.ok(read.variants.some(variant => variant.resolution === `${width}x${height}`));
      assert.ok(renditions === 2 || shortSide(read.variants[0]) === 480, read.variants[0].resolution);
      assert.deepEqual(new Set(published.playback.renditions.map(each => `${each.width}x${each.height} ${each.bitrate}`)),
        new Set(read.variants.map(each => `${each.resolution} ${each.bandwidth}`)));
    });

    test('Every playlist is whole, with the same segments in all', () => {
      const starts = clip.seconds === 5 ? [2, 2, 1] : clip.seconds === 25 ? [2, 2, 4, 6, 6, 5] : [2, 2, 4, 6, 6, 10, 1];
      const frame = 1 / framesPerSecond(clip.rate);
      for (const { url, media } of playlists) {
        assert.deepEqual([media.type, media.ended, media.independentSegments], ['VOD', true, true], url);
        assert.equal(media.targetDuration, Math.max(...starts), url);
        const sum = media.segments.reduce((total, each) => total + each.duration, 0);
        assert.ok(Math.abs(sum - clip.seconds) <= 2 * frame, `${url}: ${sum} s`);
        assert.ok(media.segments.every(each => isTs ? each.map === null : each.map === 'init.mp4'), url);
      }
      for (const { url, media } of whole()) {
        assert.equal(media.segments.length, starts.length, url);
        media.segments.forEach((each, index) =>
          assert.ok(Math.abs(each.duration - starts[index]) <= 2 * frame, `${url}: segment ${index} has ${each.duration} s`));
      }
    });

    test('Every file is there, with its content type, cache headers and byte ranges', async () => {
      const sizes = new Map();
      const { poster, storyboard } = published.playback;
      const others = [poster, storyboard].map(path => new URL(path, published.world.url).href);
      for (const url of [...segmentUrls().keys(), ...others]) {
        const head = await fetch(url, { method: 'HEAD' });
        assert.equal(head.status, 200, url);
        assert.equal(head.headers.get('content-type'), contentType(url), url);
        assert.equal(head.headers.get('cache-control'), forEver, url);
        assert.equal(head.headers.get('accept-ranges'), 'bytes', url);
        assert.equal(head.headers.get('access-control-allow-origin'), '*', url);
        sizes.set(url, Number(head.headers.get('content-length')));
      }
      for (const { url, media } of iframes()) {
        for (const { uri, range } of media.segments) {
          assert.ok(range.offset + range.length <= sizes.get(new URL(uri, url).href), `${url}: ${uri}`);
        }
      }
      assert.match(await fetchText(others[1]), /^WEBVTT\b/);
    });

    test('A range is answered with 206, and what has not changed with 304', async () => {
      const [url] = segmentUrls().keys();
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
      const part = await fetch(url, { headers: { Range: 'bytes=100-299' } });
      assert.equal(part.status, 206);
      assert.equal(part.headers.get('content-range'), `bytes 100-299/${bytes.length}`);
      assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(100, 300));
      const outside = await fetch(url, { headers: { Range: `bytes=${bytes.length}-` } });
      assert.equal(outside.status, 416);
      for (const each of [url, published.master]) {
        const etag = (await fetch(each, { method: 'HEAD' })).headers.get('etag');
        const again = await fetch(each, { headers: { 'If-None-Match': etag } });
        assert.equal(again.status, 304, each);
        assert.equal((await again.arrayBuffer()).byteLength, 0);
      }
    });

    test('Playlists come gzip-encoded to who accepts it, and are cached briefly', async () => {
      for (const { url, body } of [{ url: published.master, body: text }, ...playlists]) {
        const zipped = await fetch(url, { headers: { 'Accept-Encoding': 'gzip' } });
        assert.equal(zipped.headers.get('content-encoding'), 'gzip', url);
        assert.equal(zipped.headers.get('content-type'), 'application/vnd.apple.mpegurl', url);
        assert.match(zipped.headers.get('vary'), /accept-encoding/i, url);
        const [, seconds] = /^public, max-age=(\d+)$/.exec(zipped.headers.get('cache-control'));
        assert.ok(Number(seconds) <= 300, url);
        assert.equal(await zipped.text(), body);
        const plain = await fetch(url, { headers: { 'Accept-Encoding': 'identity' } });
        assert.equal(plain.headers.get('content-encoding'), null, url);
        assert.equal(await plain.text(), body);
      }
    });

    test('An I-frame is a picture by itself', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'vod-iframe-'));
      try {
        for (const { url, media } of iframes()) {
          const { uri, range, map } = media.segments.at(-1);
          const init = map ? Buffer.from(await (await fetch(new URL(map, url))).arrayBuffer()) : Buffer.alloc(0);
          const part = await fetch(new URL(uri, url), {
            headers: { Range: `bytes=${range.offset}-${range.offset + range.length - 1}` },
          });
          const file = join(folder, 'picture');
          await writeFile(file, Buffer.concat([init, Buffer.from(await part.arrayBuffer())]));
          const { code, stdout, stderr } = await run('ffmpeg', ['-v', 'error', '-nostdin', '-i', file, '-frames:v', '1',
            '-pix_fmt', 'gray', '-f', 'rawvideo', '-']);
          const [width, height] = read.iframes.find(each => url.endsWith(each.uri)).resolution.split('x').map(Number);
          assert.deepEqual([code, stdout.length], [0, width * height], stderr);
          assert.ok(new Set(stdout).size > 16, 'it is a picture, no plain surface');
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });

    test('ffmpeg decodes every variant to its end without an error', async () => {
      for (const url of [published.master, ...whole().map(each => each.url)]) {
        const { code, stderr } = await run('ffmpeg', ['-v', 'error', '-nostdin', '-xerror', '-err_detect', 'explode', '-i', url,
          '-map', '0:v?', '-map', '0:a?', '-f', 'null', '-']);
        assert.deepEqual([code, stderr], [0, ''], url);
      }
    });

    test('check-hls finds no broken rule', async () => {
      const { code, stdout, stderr } = await run(process.execPath, [checkHls, published.master]);
      assert.equal(code, 0, stdout.toString() + stderr);
      assert.match(stdout.toString(), /; 0 broken MUST rules\n$/);
    });
  });
}

function framesPerSecond(rate) {
  const [frames, by = 1] = String(rate).split('/').map(Number);
  return frames / by;
}

function shortSide({ resolution }) { return Math.min(...resolution.split('x').map(Number)); }

function contentType(url) {
  const extension = new URL(url).pathname.split('.').at(-1);
  return { m4s: 'video/mp4', mp4: 'video/mp4', ts: 'video/mp2t', jpg: 'image/jpeg', vtt: 'text/vtt' }[extension];
}

async function fetchText(url) {
  const answer = await fetch(url);
  assert.equal(answer.status, 200, url);
  return answer.text();
}
