// What the anonymous feed costs: requests a second, and calls to the storage for each. docs/benchmarks.md has the figures.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { startLocal } from './support/one-machine-host.mjs';
import { startStorage } from './support/storage.mjs';

const seconds = process.env.VOD_TEST_ALL === '1' ? 10 : 2;
const viewers = 16;
const posts = 50;

const parts = [];
let url, folder, calls = 0;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vod-feed-'));
  const storage = await startStorage();
  parts.push(storage);
  const counter = await startCounter(storage);
  const host = await startLocal({
    folder, storage: { ...storage, blobEndpoint: counter }, settings: {}, env: {}, keep: part => (parts.push(part), part),
  });
  url = `${host.url}/api/feeds?limit=${posts}`;
  const state = new BlobServiceClient(storage.blobEndpoint, new StorageSharedKeyCredential(storage.name, storage.key))
    .getContainerClient('state');
  for (let number = 0; number < posts; number++) await state.getBlockBlobClient(nameOf(number)).upload(entry(number), entry(number).length);
});

after(async () => {
  for (const part of parts.reverse()) await part.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

test('A page of the feed costs its viewers next to no calls to the storage', async t => {
  assert.equal((await (await fetch(url)).json()).items.length, posts);
  const callsBefore = calls;
  const end = performance.now() + seconds * 1000;
  const times = (await Promise.all(Array.from({ length: viewers }, async () => {
    const took = [];
    while (performance.now() < end) {
      const began = performance.now();
      const answer = await fetch(url);
      assert.equal(answer.status, 200);
      await answer.arrayBuffer();
      took.push(performance.now() - began);
    }
    return took;
  }))).flat().sort((a, b) => a - b);

  const perRequest = (calls - callsBefore) / times.length;
  t.diagnostic(`${(times.length / seconds).toFixed(0)} requests/s, p50 ${times[times.length >> 1].toFixed(1)} ms, `
    + `p99 ${times[Math.floor(times.length * 0.99)].toFixed(1)} ms, ${perRequest.toFixed(3)} storage calls a request`);
  assert.ok(perRequest < 1, `${perRequest} calls a request`);
});

/** Hands all on to the storage, and counts. The host's own watch over uploads is left out. */
async function startCounter({ blobEndpoint }) {
  const { hostname, port, pathname } = new URL(blobEndpoint);
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, response) => {
    if (/\/state[/?]/.test(incoming.url) && /feeds(%2F|\/)/.test(incoming.url)) calls++;
    const onward = send({ hostname, port, agent, method: incoming.method, path: incoming.url, headers: incoming.headers }, answer => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  parts.push({ stop: () => { agent.destroy(); server.close(); server.closeAllConnections(); } });
  return `http://127.0.0.1:${server.address().port}${pathname}`;
}

function nameOf(number) {
  // Newest first: the ticks left until the end of year 9999.
  const left = 3_155_378_975_999_999_999n - (621_355_968_000_000_000n + BigInt(Date.now()) * 10_000n) - BigInt(number);
  return `feeds/${left.toString(16).padStart(16, '0')}-${String(number).padStart(32, '0')}.json`;
}

function entry(number) {
  const videoId = randomBytes(16).toString('hex');
  return JSON.stringify({
    feedId: String(number).padStart(32, '0'), videoId, owner: 'bench', text: `Post ${number}`, submittedAt: new Date().toISOString(),
    video: {
      master: `${videoId}/1/master.m3u8`, poster: `${videoId}/1/poster.jpg`, storyboard: `${videoId}/1/storyboard.vtt`,
      durationSeconds: 12, renditions: [{ name: 'v720-4000k', width: 1280, height: 720, bitrate: 4128000 }],
    },
  });
}
