import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { makeClip } from '../../support/clips.mjs';
import { until } from '../../support/processes.mjs';

/** A folder of files to upload, of its own. */
export async function startFiles() {
  const folder = await mkdtemp(join(tmpdir(), 'vod-web-files-'));
  const clip = await makeClip({ size: '320x180', seconds: 1 });
  return {
    /** Writes a file and gives its path. */
    async write(name, bytes) {
      const path = join(folder, name);
      await writeFile(path, bytes);
      return path;
    },
    /**
     * A real video of about that size: a small film, and behind it random bytes in a box that players skip (`free`, ISO/IEC
     * 14496-12, 8.1.2). Many blocks, and a job that is over soon.
     */
    async video(name, sizeBytes) {
      const bytes = longClip(clip, sizeBytes);
      return { path: await this.write(name, bytes), bytes, name };
    },
    stop: () => rm(folder, { recursive: true, force: true }),
  };
}

function longClip(clip, sizeBytes) {
  const rest = randomBytes(Math.max(8, sizeBytes - clip.length));
  rest.writeUInt32BE(rest.length, 0);
  rest.write('free', 4, 'latin1');
  return Buffer.concat([clip, rest]);
}

/** Notes what reaches the storage: the PUT requests for blocks and for block lists, by video. */
export function noteArrivals(site) {
  const arrivals = [];
  site.world.storageProxy.holdUpload(({ method, url }) => {
    const { pathname, searchParams } = new URL(url, 'http://storage');
    const kind = searchParams.get('comp');
    if (method === 'PUT') arrivals.push({ videoId: pathname.split('/').at(-2), kind, block: searchParams.get('blockid') });
    return false;
  });
  return arrivals;
}

/** The post page of somebody, and what comes of it. */
export class Poster {
  /** The blocks that the storage has answered with 201. */
  stored = new Set();

  /** How many requests for blocks the page has begun, whatever became of them. */
  begun = 0;
  #videoId = null;

  constructor(page, site, arrivals) {
    Object.assign(this, { page, site, arrivals });
    page.context().on('request', request => {
      if (request.method() === 'PUT' && new URL(request.url()).searchParams.get('comp') === 'block') this.begun++;
    });
    page.context().on('response', async response => {
      const { pathname, searchParams } = new URL(response.url());
      if (response.status() !== 201 || searchParams.get('comp') !== 'block') return;
      this.#videoId = pathname.split('/').at(-2);
      this.stored.add(searchParams.get('blockid'));
    });
  }

  /** The same user's page in another tab. */
  async otherTab() {
    const other = new Poster(await this.page.context().newPage(), this.site, this.arrivals);
    await other.open();
    return other;
  }

  at(id) { return this.page.getByTestId(id); }

  async open() {
    await this.page.goto('/post');
    await this.at('post-text').waitFor();
  }

  choose(path, id = 'post-file') { return this.at(id).setInputFiles(path); }

  /** Waits for a phase of the upload. */
  phase(...names) {
    return this.page.locator(names.map(name => `[data-testid=post-upload][data-phase=${name}]`).join(', ')).waitFor();
  }

  async submit(text) {
    if (text !== undefined) await this.at('post-text').fill(text);
    await this.at('post-submit').click();
  }

  sent() { return this.at('post-status').filter({ hasText: /is sent|보냈습니다/ }).waitFor(); }

  /** Waits until that many different blocks are stored. */
  storedBlocks(count) {
    return until(`${count} blocks are stored`, () => this.stored.size >= count);
  }

  /** The id of the video, as the site lists it for its owner. */
  async videoId(user) {
    const api = await this.site.api(user);
    return (await api.call('GET', 'videos?mine=true')).items[0].videoId;
  }

  /** PUT requests for the blocks of the video, as they reached the storage. */
  get blocks() { return this.#arrived('block'); }

  /** PUT requests for its block list. */
  get commits() { return this.#arrived('blocklist').length; }

  /** How many of those requests were for blocks that had been sent before. */
  get repeated() { return this.blocks.length - new Set(this.blocks.map(({ block }) => block)).size; }

  #arrived(kind) { return this.arrivals.filter(each => each.kind === kind && each.videoId === this.#videoId); }
}

/** Fails unless the storage has exactly these bytes, as that type. */
export async function assertStored(site, videoId, bytes, contentType = 'video/mp4') {
  const { name, key, blobEndpoint } = site.world.storage;
  const blob = new BlobServiceClient(blobEndpoint, new StorageSharedKeyCredential(name, key))
    .getContainerClient('uploads').getBlobClient(`${videoId}/source`);
  const stored = await until('the upload is stored', () => blob.downloadToBuffer().catch(() => null));
  assert.equal(stored.length, bytes.length);
  assert.equal(sha256(stored), sha256(bytes));
  assert.equal((await blob.getProperties()).contentType, contentType);
}

const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');
