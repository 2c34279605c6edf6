import type { VideoId } from '../api/types';
import type { FileFacts } from './file-check';

/** What is kept of an upload, so that it can go on after the page was closed. */
export interface UploadRecord {
  /** Of this browser; the video is another where a ticket was lost. */
  readonly key: string;
  readonly user: string;
  readonly createdAt: number;
  readonly file: FileFacts & { readonly fingerprint: string };
  readonly ticket: { readonly videoId: VideoId; readonly blockBytes: number } | null;
  readonly complete: boolean;
  /** What "submit" was pressed with, and the video that it was sent for. */
  readonly post: { readonly text: string; readonly sentFor: VideoId | null } | null;
}

/** The uploads of this browser, in IndexedDB. What cannot be kept is not: an upload works without. */
export interface UploadStore {
  /** Of one user, oldest first. */
  list(user: string): Promise<UploadRecord[]>;
  find(key: string): Promise<UploadRecord | undefined>;
  put(record: UploadRecord): Promise<void>;
  /** Removes a record and its digests. */
  remove(key: string): Promise<void>;
  /** Keeps what a block holds, before it is sent. */
  putDigest(key: string, index: number, digest: string): Promise<void>;
  digests(key: string): Promise<Map<number, string>>;
  clearDigests(key: string): Promise<void>;
}

const UPLOADS = 'uploads';
const BLOCKS = 'blocks';

// Some browsers' databases never answer (WebKit bug 226547, a broken profile). Uploads do not wait for what they can do without.
const ANSWER_MS = 3_000;

export function openUploadStore(): UploadStore {
  let opened: Promise<IDBDatabase> | null = null;
  const open = () =>
    (opened ??= new Promise<IDBDatabase>((resolve, reject) => {
      setTimeout(() => reject(new Error('The database does not answer.')), ANSWER_MS);
      const request = indexedDB.open('vod-uploads', 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(UPLOADS, { keyPath: 'key' });
        request.result.createObjectStore(BLOCKS, { keyPath: ['key', 'index'] });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    }));

  /** Runs one transaction; `otherwise` is the answer of a browser that keeps nothing. */
  async function run<T>(
    mode: IDBTransactionMode,
    otherwise: T,
    work: (stores: Stores) => IDBRequest<T> | IDBRequest,
  ): Promise<T> {
    try {
      const transaction = (await open()).transaction([UPLOADS, BLOCKS], mode);
      const request = work({ uploads: transaction.objectStore(UPLOADS), blocks: transaction.objectStore(BLOCKS) });
      await new Promise<void>((resolve, reject) => {
        setTimeout(() => reject(new Error('The database does not answer.')), ANSWER_MS);
        transaction.oncomplete = () => resolve();
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
      return request.result as T;
    } catch (error) {
      console.warn('upload store', error);
      return otherwise;
    }
  }

  return {
    async list(user) {
      const all = await run<UploadRecord[]>('readonly', [], ({ uploads }) => uploads.getAll());
      return all.filter(record => record.user === user).sort((a, b) => a.createdAt - b.createdAt);
    },
    find: key => run<UploadRecord | undefined>('readonly', undefined, ({ uploads }) => uploads.get(key)),
    put: async record => {
      await run<unknown>('readwrite', null, ({ uploads }) => uploads.put(record));
    },
    remove: async key => {
      await run<unknown>('readwrite', null, ({ uploads, blocks }) => {
        blocks.delete(blocksOf(key));
        return uploads.delete(key);
      });
    },
    putDigest: async (key, index, digest) => {
      await run<unknown>('readwrite', null, ({ blocks }) => blocks.put({ key, index, digest }));
    },
    async digests(key) {
      const found = await run<{ index: number; digest: string }[]>('readonly', [], ({ blocks }) =>
        blocks.getAll(blocksOf(key)),
      );
      return new Map(found.map(({ index, digest }) => [index, digest]));
    },
    clearDigests: async key => {
      await run<unknown>('readwrite', null, ({ blocks }) => blocks.delete(blocksOf(key)));
    },
  };
}

interface Stores {
  readonly uploads: IDBObjectStore;
  readonly blocks: IDBObjectStore;
}

const blocksOf = (key: string) => IDBKeyRange.bound([key, 0], [key, Infinity]);
