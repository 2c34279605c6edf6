// The npm storage client, unchanged, against the upload URL of a ticket.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { BlobServiceClient, BlockBlobClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { Api } from './support/api.mjs';
import { makeClip } from './support/clips.mjs';
import { until } from './support/processes.mjs';
import { noHost, startWorld } from './support/world.mjs';

const blockBytes = 64 * 1024;
const once = { retryOptions: { maxTries: 1 } }; // A 403 is an answer here, no reason to try again.

// Side by side: one of them waits for its URL to expire.
describe('Uploads with @azure/storage-blob', { skip: noHost, concurrency: true }, () => {
  let world, api, clip;

  before(async () => {
    world = await startWorld({ 'Vod:Uploads:TicketLifetime': '00:00:15', 'Vod:Uploads:BlockBytes': `${blockBytes}` });
    clip = await makeClip({ size: '640x360', seconds: 2, bitrate: '2M' });
    api = await Api.signIn(world.url, 'uploader');
    assert.ok(clip.length > 3 * blockBytes, 'the clip has several blocks');
  });
  after(() => world?.stop());

  test('An upload in blocks resumes after its URL has expired and was renewed', async () => {
    const ticket = await api.ticket(clip.length);
    assert.equal(ticket.blockBytes, blockBytes);
    const blocks = cut(clip, ticket.blockBytes);
    let upload = new BlockBlobClient(ticket.uploadUrl, undefined, once);
    for (const block of blocks.slice(0, 2)) await upload.stageBlock(block.id, block.bytes, block.bytes.length);

    const refused = await until('the URL expires', () => upload.stageBlock(blocks[0].id, blocks[0].bytes, blocks[0].bytes.length)
      .then(() => null, error => error), { everyMs: 250 });
    assert.equal(refused.statusCode, 403, refused.message);

    const renewed = await api.renew(ticket.videoId);
    assert.ok(Date.parse(renewed.expiresAt) > Date.parse(ticket.expiresAt));
    upload = new BlockBlobClient(renewed.uploadUrl, undefined, once);
    const { uncommittedBlocks } = await upload.getBlockList('uncommitted');
    const present = new Set(uncommittedBlocks.map(block => block.name));
    assert.deepEqual(present, new Set(blocks.slice(0, 2).map(block => block.id)));
    for (const block of blocks.filter(each => !present.has(each.id))) {
      await upload.stageBlock(block.id, block.bytes, block.bytes.length);
    }
    await upload.commitBlockList(blocks.map(block => block.id));

    await assertStored(ticket.videoId);
    await api.completed(ticket.videoId);
  });

  test('One PUT stores the file', async () => {
    const ticket = await api.ticket(clip.length);
    await new BlockBlobClient(ticket.uploadUrl).upload(clip, clip.length);
    await assertStored(ticket.videoId);
    await api.completed(ticket.videoId);
  });

  test('uploadData stores the file in blocks sent in parallel', async () => {
    const ticket = await api.ticket(clip.length);
    const progress = [];
    await new BlockBlobClient(ticket.uploadUrl).uploadData(clip, {
      blockSize: ticket.blockBytes, maxSingleShotSize: ticket.blockBytes, concurrency: 4,
      onProgress: ({ loadedBytes }) => progress.push(loadedBytes),
    });
    assert.equal(progress.at(-1), clip.length);
    await assertStored(ticket.videoId);
    await api.completed(ticket.videoId);
  });

  test('A renewal is refused once the upload is complete', async () => {
    const ticket = await api.ticket(clip.length);
    await new BlockBlobClient(ticket.uploadUrl).upload(clip, clip.length);
    const answer = await api.send('POST', `uploads/${ticket.videoId}/renew`);
    assert.equal(answer.status, 409);
    assert.equal((await answer.json()).code, 'UPLOAD_COMPLETE');
  });

  test('The URL of one video opens no other, and lists nothing', async () => {
    const [mine, other] = [await api.ticket(clip.length), await api.ticket(clip.length)];
    const url = new URL(mine.uploadUrl);
    url.pathname = new URL(other.uploadUrl).pathname;
    await assert.rejects(new BlockBlobClient(url.href, undefined, once).upload(clip, clip.length), { statusCode: 403 });
    const container = new URL(mine.uploadUrl);
    container.pathname = container.pathname.split('/').slice(0, -2).join('/');
    const answer = await fetch(`${container.href}&restype=container&comp=list`);
    assert.equal(answer.status, 403);
  });

  test('The storage lets pages of the host upload, and of no other origin', async () => {
    const { uploadUrl } = await api.ticket(clip.length);
    const preflight = origin => fetch(uploadUrl, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'content-type,x-ms-blob-type,x-ms-client-request-id,x-ms-version',
      },
    });
    const own = await preflight(world.url);
    assert.equal(own.status, 200);
    assert.equal(own.headers.get('access-control-allow-origin'), world.url);
    assert.match(own.headers.get('access-control-allow-methods'), /PUT/);
    assert.match(own.headers.get('access-control-allow-headers'), /x-ms-blob-type/);
    const foreign = await preflight('http://elsewhere.example');
    assert.equal(foreign.status, 403);
    assert.equal(foreign.headers.get('access-control-allow-origin'), null);
  });

  /** Looks at the stored blob with the account's key, as nobody outside can. */
  async function assertStored(videoId) {
    const { name, key, blobEndpoint } = world.storage;
    const blob = new BlobServiceClient(blobEndpoint, new StorageSharedKeyCredential(name, key))
      .getContainerClient('uploads').getBlobClient(`${videoId}/source`);
    const stored = await blob.downloadToBuffer();
    assert.equal(stored.length, clip.length);
    assert.equal(md5(stored), md5(clip));
  }
});

/** Blocks with ids that sort as they lie, as the storage wants them: the same length each, base64. */
function cut(bytes, size) {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) => ({
    id: Buffer.from(`block-${String(index).padStart(6, '0')}`).toString('base64'),
    bytes: bytes.subarray(index * size, (index + 1) * size),
  }));
}

function md5(bytes) { return createHash('md5').update(bytes).digest('hex'); }
