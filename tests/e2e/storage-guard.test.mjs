import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import {
  BlobSASPermissions, BlobServiceClient, BlockBlobClient, StorageSharedKeyCredential, generateBlobSASQueryParameters,
} from '@azure/storage-blob';
import { startStorage } from './support/storage.mjs';

describe('The storage emulator behind its guard', () => {
  let storage, key, service, secret, upload;

  before(async () => {
    storage = await startStorage();
    key = new StorageSharedKeyCredential(storage.name, storage.key);
    service = new BlobServiceClient(storage.blobEndpoint, key, { retryOptions: { maxTries: 1 } });
    for (const container of ['state', 'uploads']) await service.createContainer(container);
    secret = service.getContainerClient('state').getBlockBlobClient('videos/other.json');
    await secret.upload('{"owner":"somebody else"}', 25);
    upload = withSas('uploads', 'mine/source');
  });
  after(() => storage?.stop());

  function withSas(containerName, blobName) {
    const query = generateBlobSASQueryParameters({
      containerName, blobName, permissions: BlobSASPermissions.parse('rcw'), expiresOn: new Date(Date.now() + 300_000),
    }, key);
    return new BlockBlobClient(
      `${service.getContainerClient(containerName).getBlockBlobClient(blobName).url}?${query}`, undefined,
      { retryOptions: { maxTries: 1 } });
  }

  test('takes an upload, in blocks too', async () => {
    await upload.stageBlock(btoa('0001'), 'film', 4);
    await upload.commitBlockList([btoa('0001')]);
    assert.equal((await upload.downloadToBuffer()).toString(), 'film');
  });

  for (const [what, copy] of Object.entries({
    'the holder of a URL': () => upload.syncCopyFromURL(secret.url),
    'and not in the background': () => upload.beginCopyFromURL(secret.url),
    'nor block by block': () => upload.stageBlockFromURL(btoa('0002'), secret.url, 0, 25),
  })) {
    test(`copies nothing of others for ${what}`, async () => {
      await assert.rejects(copy, { statusCode: 403, code: 'CannotVerifyCopySource' });
      assert.doesNotMatch((await upload.downloadToBuffer()).toString(), /somebody/);
    });
  }

  for (const [host, status] of [['evil.example', 403], ['evil.example:10000', 403], ['localhost', 200], ['127.0.0.1:1', 200]]) {
    test(`answers ${status} to a page that calls it ${host}`, async () => {
      const { hostname, port, pathname, search } = new URL(upload.url);
      const answer = await new Promise((resolve, reject) => request(
        { hostname, port, path: pathname + search, headers: { Host: host } }, resolve).on('error', reject).end());
      answer.resume();
      assert.equal(answer.statusCode, status);
    });
  }
});
