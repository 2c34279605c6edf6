import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { startHttpProxy } from './http-proxy.mjs';

/**
 * A proxy between the host and its storage that knows the host's documents: it can hold the write of a video's record by
 * what it says. An account key's signature covers the path, not the host's name, so that the storage takes what comes
 * through here for its own; the upload URLs that the host signs name this proxy too.
 * @param storage of the world: account name, key, and where the storage itself is
 */
export async function startStorageProxy(storage) {
  const proxy = await startHttpProxy();
  const { origin, pathname } = new URL(storage.blobEndpoint);
  proxy.forwardTo(origin);
  const state = new BlobServiceClient(storage.blobEndpoint, new StorageSharedKeyCredential(storage.name, storage.key))
    .getContainerClient('state');
  const pathOf = request => new URL(request.url, proxy.url).pathname;
  const isUpload = request => pathOf(request).startsWith(`${pathname}/uploads/`);
  const isNotice = (path, videoId) => path.startsWith(`${pathname}/state/notices/`) && path.includes(`-${videoId}-`);

  return {
    blobEndpoint: `${proxy.url}${pathname}`,
    stop: () => proxy.stop(),

    /** Holds or loses requests for the blob of an upload. @see Rule in http-proxy.mjs */
    holdUpload: (matches, after = false) => proxy.hold({ after, matches: request => isUpload(request) && matches(request) }),
    loseUpload: (matches, after = false) => proxy.lose({ after, matches: request => isUpload(request) && matches(request) }),

    /**
     * Holds the writes of a video's record for which `says` is true: before the storage gets them, or (`after`) when they
     * are stored and the host has not heard so.
     */
    holdRecord: (videoId, says, after = false) => proxy.hold({
      after,
      matches: request => request.method === 'PUT' && pathOf(request) === `${pathname}/state/videos/${videoId}.json`,
      says: body => says(JSON.parse(body)),
    }),
    /** Holds the entry of a video in its owner's list of notices: `PUT` of it, or `DELETE`. */
    holdEntry: (videoId, method, after = false) =>
      proxy.hold({ after, matches: request => request.method === method && isNotice(pathOf(request), videoId) }),

    /** What is stored, read past the proxy. */
    async readRecord(videoId) {
      // In one request: downloadToBuffer() asks for the length first, and the host may write between the two.
      const { readableStreamBody } = await state.getBlobClient(`videos/${videoId}.json`).download();
      return JSON.parse(Buffer.concat(await readableStreamBody.toArray()).toString());
    },
    async hasEntry(videoId) {
      for await (const { name } of state.listBlobsFlat({ prefix: 'notices/' })) {
        if (name.includes(`-${videoId}-`)) return true;
      }
      return false;
    },
  };
}
